/**
 * Letters that ask for access (manual 5): a mailbox is read, each letter is kept whole and understood, and what an
 * application says becomes a draft that an operator completes with the letter beside it.
 */
export { shippedRule } from './shipped-rule.ts'
export { type Understanding, understand } from './understanding/understanding.ts'
