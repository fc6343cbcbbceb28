import {
  Aside,
  Button,
  Card,
  Checkbox,
  Checkboxes,
  Columns,
  CopyCode,
  DateField,
  ErrorSummary,
  FieldRow,
  FileField,
  Form,
  FormEnd,
  Group,
  Note,
  PasswordField,
  Radios,
  Section,
  Select,
  Stack,
  TextArea,
  TextField,
} from '../index.ts'

export function FormsShown() {
  return (
    <Section id="forms" title="Форма">
      <Columns shape="form">
        <Form action="#forms" label="Добавление организации" draft="gallery" once="gallery">
          <ErrorSummary
            title="Заявка не отправлена"
            errors={[
              { field: 'inn', text: 'ИНН: контрольная цифра не сходится' },
              { field: 'law', text: 'Организационно-правовая форма: выберите одну' },
              { field: 'agree', text: 'Согласие: без него заявку нельзя принять' },
            ]}
          />
          <Group id="names" title="Название и адрес">
            <TextArea
              name="full"
              label="Полное наименование"
              hint="Как в уставе, без сокращений"
              rows={4}
              value="Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад комбинированного вида № 14 „Ромашка“» Верхнеозёрского муниципального района Светлореченской области"
            />
            <TextField name="site" label="Сайт" type="url" optional width={20} />
            <Select
              name="district"
              label="Муниципальное образование"
              empty="Выберите из списка"
              value="1"
              options={[
                { value: '1', text: 'Верхнеозёрский муниципальный район' },
                { value: '2', text: 'Таёжнопритокский муниципальный округ' },
              ]}
            />
          </Group>
          <Group id="codes" title="Коды" lead="Проверяются, пока вы их вводите.">
            <TextField
              name="inn"
              label="ИНН"
              check="inn"
              width={14}
              hint="10 цифр; пробелы и дефисы можно не убирать"
              error="Контрольная цифра не сходится: в номере опечатка. Сверьте его с документом"
              value="3907 142 015"
            />
            <TextField name="okpo" label="Код ОКПО" check="okpo" width={14} hint="8 или 10 цифр" value="00032537" />
            <TextField
              name="kpp"
              label="Код, который менять нельзя"
              width={14}
              value="390701001"
              readOnly
              after="Изменить его может оператор региона"
            />
          </Group>
          <Group id="status" title="Правовой статус">
            <Radios
              name="law"
              label="Организационно-правовая форма"
              inline
              error="Выберите одну"
              options={[
                { value: 'state', text: 'государственная' },
                { value: 'municipal', text: 'муниципальная' },
                { value: 'private', text: 'негосударственная' },
              ]}
            />
            <Radios
              name="decision"
              label="Решение по заявке"
              value="attach"
              options={[
                {
                  value: 'attach',
                  text: 'Прикрепить',
                  hint: 'Пользователь сразу увидит организацию в блоке «Мои организации» и получит письмо',
                },
                { value: 'refuse', text: 'Отказать', hint: 'Причина обязательна, её увидит заявитель' },
              ]}
            />
            <FieldRow>
              <DateField name="from" label="С" value="18.01.2027" />
              <DateField name="to" label="По" error="Раньше начала" value="14.01.2027" />
            </FieldRow>
            <Checkboxes
              name="notify"
              label="О чём сообщать письмом"
              values={['due']}
              options={[
                { value: 'due', text: 'о сроках отчётов' },
                { value: 'decisions', text: 'о решениях по заявкам' },
              ]}
            />
            <FileField name="order" label="Приказ о замещении" hint="PDF или снимок, до 5 МБ" accept=".pdf,.jpg,.png" />
            <PasswordField name="password" label="Пароль" autocomplete="new-password" hint="Не короче 8 знаков" />
            <Checkbox
              name="agree"
              label="Согласна на обработку персональных данных"
              hint="Согласие можно отозвать в профиле"
              error="Без согласия заявку нельзя принять"
            />
          </Group>
          <FormEnd>
            <Button kind="main">Отправить заявку</Button>
            <Button kind="quiet" name="do" value="draft">
              Сохранить черновик
            </Button>
          </FormEnd>
        </Form>
        <Aside label="О заявке">
          <Card title="Ваш код доступа">
            <Stack space="small">
              <CopyCode label="Код" code="kbn_7Q2M-XK4R-91TD-PLWZ" />
              <p>Код показан один раз. Сохраните его.</p>
            </Stack>
          </Card>
          <Note tone="ok" title="Черновик сохранён в 14:32" icon="save" live="status">
            Можно уйти и вернуться с любого устройства.
          </Note>
        </Aside>
      </Columns>
    </Section>
  )
}
