// What the JavaScript of Dükkango's page calls and does not define: the reader's own functions.
//
// cancelOrder() is the page's own sample made a function. Functions of the vendor's API call it; all others say on standard
// output that they were called, and with what. HOST is the mock.

const base = process.env.HOST + '/api/integrations';
const headers = {'Access-Token': 'your-access-token', 'Content-Type': 'application/json'};

const call = async (method, path, body) => {
  const response = await fetch(base + path, {method, headers, body: body && JSON.stringify(body)});
  return response.json();
};

const told = name => (...what) => {
  const text = JSON.stringify(what).slice(1, -1);
  console.log(`${name}(${text.replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, 'now')})`);
};

const asked = (name, answer) => (...what) => {
  told(name)(...what);
  return answer;
};

const current = await call('GET', '/orders/get-current');

Object.assign(globalThis, {
  order: current.data.find(order => order.payment_key === '3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e'),
  restaurantId: '6b0f2f0e-59a4-4f0b-9f57-0d8a5f3f9c11',
  restaurantAddress: 'Kadıköy',
  MAX_DELIVERY_DISTANCE: 5,
  currentUser: {id: 7},

  cancelOrder: (paymentKey, reasonId) => call('PUT', `/orders/cancel/${paymentKey}`, {reason_id: reasonId}),
  deactivateFood: id => call('PUT', `/foods/status-passive/${id}`),
  closeRestaurant: id => call('PUT', `/restaurants/status/close/${id}`),

  getActiveOrderCount: async () => 21,
  calculateDistance: async () => 12,
  getCancelReasonText: id => ({4: 'Müşteri iptal etti'})[id],
  getCancellationMessage: id => ({7: 'Ödeme alınamadı.'})[id],
  confirmWithStaff: asked('confirmWithStaff', true),
  confirmDialog: asked('confirmDialog', true),
  notifyCustomer: told('notifyCustomer'),
  requestAddressCorrection: told('requestAddressCorrection'),
  requestPaymentUpdate: told('requestPaymentUpdate'),
  logTechnicalIssue: told('logTechnicalIssue'),
  notifyTechSupport: told('notifyTechSupport'),
  logCancellationReason: told('logCancellationReason'),
  sendSMS: told('sendSMS'),
  database: {updateOrderStatus: told('database.updateOrderStatus'), logCancellation: told('database.logCancellation')},
  analytics: {track: told('analytics.track')},
  told, asked,
});
