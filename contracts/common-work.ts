/** What the grid's script shares with the server without bringing the contracts themselves into the browser. */

/** Presence is written no more often than this for each person; who has not been seen for twice as long is gone. */
export const presenceSeconds = 15

/** In the page's form: why cells are changed, where the report has come back. */
export const reasonField = 'reason'
