// @ts-check
// Leaves the texts of errors out of the mutation: they may change between versions, so no test
// repeats them, and each would survive. Codes are mutated, since they may not change.

/**
 * What takes a text for people, and at which places.
 * @type {Readonly<Record<string, readonly number[]>>}
 */
const TEXTS = {
  CountersignError: [1],
  TypeError: [0],
  certificateError: [0],
  checkInput: [0],
  checkIv: [0],
  choice: [1],
  contradiction: [0, 1],
  decryptBlocks: [0],
  derError: [0],
  encodedOtherwise: [0],
  expect: [1],
  extensionError: [0],
  failure: [0],
  fields: [1, 2],
  form: [0],
  integer: [1],
  list: [1],
  matching: [2],
  nameError: [0],
  named: [1],
  objectId: [1],
  octets: [1],
  partsOf: [1],
  pad: [0],
  pathError: [1],
  pinError: [0],
  readContainer: [1],
  readDerOf: [1, 2],
  readList: [1],
  readUnsigned: [1],
  refusal: [2],
  seconds: [1],
  text: [1],
  textOf: [1],
  untrue: [1],
  units: [2],
  unusable: [0],
  weak: [0],
  wrong: [1, 3],
  wrongSignature: [0],
};
/** Pieces of such texts that have a name of their own. */
const PIECES = ['expected', 'found', 'help', 'more', 'names', 'what', 'when'];

/** @typedef {{ type: string, name?: string, id?: Node, callee?: Node, init?: Node }} Node */
/** @typedef {{ node: Node, parent: Node | null, key: string | number | null, listKey?: string }} Path */

/** @param {Path} path */
function shouldIgnore({ node, parent, key, listKey }) {
  if (parent === null) return undefined;
  const isText =
    listKey === 'arguments' && TEXTS[parent.callee?.name ?? '']?.includes(Number(key)) === true;
  const isPiece =
    parent.type === 'VariableDeclarator' &&
    PIECES.includes(parent.id?.name ?? '') &&
    ['ConditionalExpression', 'StringLiteral', 'TemplateLiteral'].includes(node.type);
  return isText || isPiece ? 'a text for people' : undefined;
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'texts', value: { shouldIgnore } }];
