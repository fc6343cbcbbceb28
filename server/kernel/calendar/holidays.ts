/** Трудовой кодекс, article 112, part 1: non-working holidays of the whole country. */

const newYear = new Set(['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'])
const others = new Set(['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'])

/** 1–8 January: days off that fall on them do not move by themselves, the government moves two of them. */
export const isNewYearHoliday = (day: string): boolean => newYear.has(day.slice(5))

export const isLegalHoliday = (day: string): boolean => isNewYearHoliday(day) || others.has(day.slice(5))
