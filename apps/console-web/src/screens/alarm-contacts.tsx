import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { Answer } from '../parts/answer';
import { Panel } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';
import { ContactsForm } from './contacts-form';

/** Who is told of cases, silent phones, failing webhooks and old rates, and when they are left in peace. */
export function AlarmContacts() {
  const { alarms: texts } = useTexts();
  const { api, key, may } = useShop();
  const contacts = useQuery({
    queryKey: [...key, 'alarm-contacts'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/webhook-alarm-contacts'))).data,
  });
  return (
    <Panel title={texts.title}>
      <Answer query={contacts} lines={3}>
        {(found) => (
          <ContactsForm
            found={found}
            about={texts.about}
            isAllowed={may('develop')}
            save={(body) => ask(api.PATCH('/api/panel/v1/webhook-alarm-contacts', { body }))}
          />
        )}
      </Answer>
    </Panel>
  );
}
