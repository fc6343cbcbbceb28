/**
 * The small script of every page. Everything works without it; it makes forms send once, keeps drafts, checks codes as they
 * are typed, and lets a list be worked from the keyboard.
 */
import { checkRequisites } from './page/checks.ts'
import { keepDrafts } from './page/drafts.ts'
import { workListsByKeys } from './page/keys.ts'
import { closeMenus } from './page/menus.ts'
import { offerCopying, offerReveal } from './page/offers.ts'
import { countPicked } from './page/picks.ts'
import { sendOnce } from './page/sending.ts'

closeMenus()
sendOnce()
keepDrafts()
checkRequisites()
offerReveal()
offerCopying()
countPicked()
workListsByKeys()

document.querySelector<HTMLElement>('[data-focus], .note[role="alert"]')?.focus()
