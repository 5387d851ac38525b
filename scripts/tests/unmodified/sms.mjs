// The vendor's published client of SMS: sends, cancels, reads the report; then with a wrong key. Prints what it was told.
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.UNMODIFIED}/node_modules/`);
const { IletiMerkeziClient } = require('@iletimerkezi/iletimerkezi-node');

const control = async (path, body) => (await fetch(`${process.env.CANCELMOCK_CONTROL}/${path}`, body && { method: 'POST', body: JSON.stringify(body) })).json();
const { credentials } = (await control('providers')).providers.iletimerkezi;
const [sender] = (await new IletiMerkeziClient(credentials.key, credentials.hash).senders().list()).getSenders();
const client = new IletiMerkeziClient(credentials.key, credentials.hash, sender);

const sent = await client.sms().disableIysConsent().schedule('25/12/2099 10:00').send('5051234567', 'Merhaba');
console.log('sent', sent.ok(), Boolean(sent.getOrderId()));
const cancel = async (id) => (await client.httpClient.post('cancel-order/json', {
    request: { authentication: { key: credentials.key, hash: credentials.hash }, order: { id } } })).getStatusCode();
console.log('cancelled', await cancel(sent.getOrderId()));
console.log('again', await cancel(sent.getOrderId()));
const report = await client.reports().get(sent.getOrderId());
console.log('report', report.ok(), report.getOrderStatus());
const stranger = new IletiMerkeziClient('no-such-key', 'no-such-hash', 'ORNEK');
const refused = await stranger.sms().send('5051234567', 'Merhaba');
console.log('stranger', refused.ok(), refused.getMessage() !== '');
