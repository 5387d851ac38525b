// The vendor's published server of tools for agents, asked over its own protocol: lists, cancels, fails.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const modules = `${process.env.UNMODIFIED}/node_modules`;
const require = createRequire(`${modules}/`);
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const { Client } = await load('@modelcontextprotocol/sdk/client/index.js');
const { StreamableHTTPClientTransport } = await load('@modelcontextprotocol/sdk/client/streamableHttp.js');

const control = async (path, body) => (await fetch(`${process.env.CANCELMOCK_CONTROL}/${path}`, body && { method: 'POST', body: JSON.stringify(body) })).json();
const { credentials } = (await control('providers')).providers.fungies;
const { id } = await control('orders/fungies', {});

const server = spawn(process.execPath, [`${modules}/@fungiesio/mcp-server/dist/index.js`], {
    env: { ...process.env, PORT: '39917', LOG_LEVEL: 'silent' }, stdio: 'ignore' });
const url = new URL('http://127.0.0.1:39917/mcp');
for (let healthy = false; !healthy;) {
    healthy = await fetch('http://127.0.0.1:39917/healthz').then((answer) => answer.ok, () => false);
    await new Promise((wake) => setTimeout(wake, 20));
}

const connect = async (publicKey, secretKey) => {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(url, {
        requestInit: { headers: { 'x-fngs-public-key': publicKey, 'x-fngs-secret-key': secretKey } } }));
    return client;
};
const call = async (client, name, given) => {
    const answer = await client.callTool({ name, arguments: given });
    return { failed: answer.isError === true, text: answer.content[0].text };
};

const client = await connect(credentials.public_key, credentials.secret_key);
const list = await call(client, 'orders_list', {});
console.log('listed', !list.failed, list.text.includes(id));
const cancelled = await call(client, 'orders_cancel', { id, confirm: true });
console.log('cancelled', !cancelled.failed, cancelled.text.includes('CANCELLED'));
const missing = await call(client, 'orders_cancel', { id: 'no-such-order', confirm: true });
console.log('missing', missing.failed);
await client.close();
server.kill();
process.exit(0);
