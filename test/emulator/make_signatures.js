/*
 * make_signatures.js
 *		Signs requests with Huawei's own SDK core, so that the emulator's check of
 *		signatures is proved against code that is not ours.
 *
 * Run:  npm install @huaweicloud/huaweicloud-sdk-core && node make_signatures.js > signatures.json
 */
const { AKSKSigner } = require('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner');

const PROJECT = '0483b6b16e954cb88930a360d2c4e663';
const KEYS = {
	permanent: { ak: 'EMULATORACCESSKEY01', sk: 'emulator-secret-key-0001' },
	temporary: {
		ak: 'EMULATORTEMPKEY0001', sk: 'emulator-temp-secret-01', token: 'emulator-security-token',
	},
	readonly: { ak: 'EMULATORREADONLY001', sk: 'emulator-readonly-sec-01' },
};
const DATE = '20240229T235959Z';
const REQUESTS = [
	{ name: 'plain get', key: 'permanent', method: 'GET', path: `/v3.1/${PROJECT}/instances` },
	{
		name: 'query to be sorted', key: 'permanent', method: 'GET',
		path: `/v3.1/${PROJECT}/instances`, query: { offset: 0, name: 'erp-prod-0001', limit: 100 },
	},
	{
		name: 'query to be encoded', key: 'permanent', method: 'GET',
		path: `/v3.1/${PROJECT}/instances`,
		query: { name: '*a b+c/d?e=f&g%h~i_j-k.l', tags: 'größe=升级' },
	},
	{
		name: 'empty value', key: 'permanent', method: 'GET',
		path: `/v3/${PROJECT}/enterprise-projects`, query: { name_keyword: '', limit: 1 },
	},
	{
		name: 'body', key: 'permanent', method: 'POST', path: `/v3/${PROJECT}/backups`,
		data: { instance_id: 'x', name: 'backup', description: 'größer als üblich' },
	},
	{
		name: 'security token', key: 'temporary', method: 'GET',
		path: `/v3/${PROJECT}/tasks`, query: { status: 'Running' },
	},
	{
		name: 'encoded path', key: 'permanent', method: 'GET',
		path: `/v3/${PROJECT}/instances/a%2Fb%20c/tags`,
	},
	{ name: 'delete', key: 'permanent', method: 'DELETE', path: `/v3/${PROJECT}/backups/b1` },
	{ name: 'read-only key', key: 'readonly', method: 'GET', path: `/v3/${PROJECT}/tags` },
];

const vectors = REQUESTS.map((each) => {
	const key = KEYS[each.key];
	const headers = { 'content-type': 'application/json', 'X-Sdk-Date': DATE };
	if (key.token)
		headers['X-Security-Token'] = key.token;
	const request = {
		endpoint: `https://gaussdb-opengauss.cn-north-4.myhuaweicloud.com${each.path}`,
		method: each.method, headers, queryParams: each.query || {}, data: each.data,
	};
	const signed = AKSKSigner.sign(request, { getAk: () => key.ak, getSk: () => key.sk });
	return {
		name: each.name, method: each.method, path: each.path,
		query: Object.entries(each.query || {}).map(([name, value]) => [name, String(value)]),
		body: each.data ? JSON.stringify(each.data) : '', headers: signed,
	};
});
process.stdout.write(JSON.stringify({ date: DATE, vectors }, null, '\t') + '\n');
