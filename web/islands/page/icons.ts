/** Markup of an icon that the page's own sprite draws. */
export const icon = (name: string): string => `<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`
