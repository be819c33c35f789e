// CommonJS that requires the package: Node 20.19 and newer, and `module: nodenext`.
import countersign = require('countersign');
import use = require('countersign/key/use');

const { generateSecret, hmacSha256, withUse } = countersign;
const key = generateSecret({ alg: hmacSha256, use: 'mac' });
const message = new Uint8Array([1, 2, 3]);
const tag: Uint8Array<ArrayBuffer> = use.mac(key, message);
const verdict: boolean = use.verify(withUse(key, 'verify'), message, tag);
if (!verdict) throw new Error('not so: a genuine tag');
