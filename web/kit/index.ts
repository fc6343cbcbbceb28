/**
 * The kit: the only place that knows markup conventions and class names. Pages and islands are put together from these
 * components; none of them keeps state, so the server and the browser draw the same. Texts go in as plain strings and are
 * tied (no preposition is left at the end of a line); a ready `Page` lacks only the doctype.
 */
export * from './badges.tsx'
export { Button, type ButtonProps, LinkButton, type LinkButtonProps } from './buttons.tsx'
export * from './cards.tsx'
export * from './charts.tsx'
export * from './choices.tsx'
export * from './code.tsx'
export * from './dates.ts'
export { DaysChart, type DaysChartProps } from './days-chart.tsx'
export { Disclosure, type DisclosureProps } from './disclosure.tsx'
export { EmbedPage, type EmbedPageProps } from './embed.tsx'
export {
  DateField,
  Field,
  type FieldCheck,
  type FieldProps,
  type FieldWidth,
  FileField,
  fieldId,
  PasswordField,
  Select,
  TextArea,
  TextField,
} from './fields.tsx'
export { ErrorSummary, type FieldError, FieldRow, Form, FormEnd, type FormProps, Group, HiddenFields } from './form.tsx'
export type { Frame, Notice } from './frame.ts'
export { frameAddresses } from './frame-parts.tsx'
export { Gantt, type GanttGroup, type GanttProps } from './gantt.tsx'
export type { GanttBar, GanttState } from './gantt-bar.tsx'
export * from './heat-map.tsx'
export { Icon, type IconName } from './icons.tsx'
export * from './layout.tsx'
export { Letter, type LetterProps } from './letter.tsx'
export * from './lists.tsx'
export * from './map.tsx'
export { Menu, type MenuEntry, type MenuItem, type MenuProps, type Tab, Tabs } from './menus.tsx'
export { type Crumb, cabinetCrumb, HelpLink, Page, type PageProps } from './page.tsx'
export * from './parts.tsx'
export { PasskeyForm, type PasskeyFormProps } from './passkey.tsx'
export { PeriodChoice } from './periods.tsx'
export * from './pictures.tsx'
export { PushForm, type PushFormProps } from './push.tsx'
export { QrCode } from './qr.tsx'
export * from './report.tsx'
export * from './states.tsx'
export * from './tables.tsx'
export * from './text.ts'
export * from './timeline.tsx'
export * from './types.ts'
