/** Menus close on Escape and on a click elsewhere, and only one is open; a toast closes without a new page. */
export function closeMenus(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    const inside = event.target.closest('details.menu')
    for (const menu of openMenus()) if (menu !== inside) menu.open = false
    const cross = event.target.closest('[data-close]')
    if (cross) {
      event.preventDefault()
      cross.closest('.toast')?.remove()
    }
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of openMenus()) {
      menu.open = false
      if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus()
    }
  })
}

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')
