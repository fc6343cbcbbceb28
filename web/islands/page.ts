/**
 * The small script of every page. Everything works without it; it makes forms send once, keeps drafts, checks codes as they
 * are typed, and lets a list be worked from the keyboard.
 */
import { keepDrafts } from './page/drafts.ts'
import { workListsByKeys } from './page/keys.ts'
import { closeMenus } from './page/menus.ts'
import { offerCopying, offerReveal } from './page/offers.ts'
import { countPicked } from './page/picks.ts'
import { sendAtOnce, sendOnce } from './page/sending.ts'

closeMenus()
sendOnce()
keepDrafts()
offerReveal()
offerCopying()
countPicked()
workListsByKeys()
sendAtOnce()

// Most pages have no codes to check: those that have fetch the rules apart.
if (document.querySelector('[data-check]')) import('./page/checks.ts').then(({ checkRequisites }) => checkRequisites())

if (document.querySelector('[data-rule]')) import('./page/passwords.ts').then(({ sayStrength }) => sayStrength())

if (document.querySelector('[data-suggest]'))
  import('./page/suggestions.ts').then(({ offerSuggestions }) => offerSuggestions())

if (document.querySelector('[data-rule-reading], [data-lines]'))
  import('./page/rules.ts').then(({ helpDesigning }) => helpDesigning())

if (document.querySelector('[data-heat]')) import('./page/heat.ts').then(({ walkHeatMap }) => walkHeatMap())

if (document.querySelector('[data-renew]')) import('./page/renewal.ts').then(({ renewPart }) => renewPart())

if (document.querySelector('[data-slider]')) import('./page/slider.ts').then(({ offerSlider }) => offerSlider())

document.querySelector<HTMLElement>('[data-focus], .note[role="alert"]')?.focus()
