/**
 * Above the table: where one stands in words. Without a script it only says what the shades mean.
 * Above a very large table its size is fixed, so that its words do not make the browser lay the table out anew.
 */
export function CellBar({ readOnly, fixed }: { readOnly: boolean; fixed: boolean }) {
  return (
    <div class={fixed ? 'cellbar cellbar-fixed' : 'cellbar'} id="cell-bar">
      <span class="muted">
        {readOnly
          ? 'Отчёт открыт для чтения.'
          : 'Серые ячейки заполняются, белые рассчитываются сами. Пустая ячейка — это не ноль.'}
      </span>
    </div>
  )
}
