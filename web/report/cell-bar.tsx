/** Above the table: where one stands in words. Without a script it only says what the shades mean. */
export function CellBar({ readOnly }: { readOnly: boolean }) {
  return (
    <div class="cellbar" id="cell-bar">
      <span class="muted">
        {readOnly
          ? 'Отчёт открыт для чтения.'
          : 'Серые ячейки заполняются, белые рассчитываются сами. Пустая ячейка — это не ноль.'}
      </span>
    </div>
  )
}
