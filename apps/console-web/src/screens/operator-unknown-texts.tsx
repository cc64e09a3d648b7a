import { Link } from '@tanstack/react-router';
import { ask, panelClient } from '../api/client';
import type { UnknownText } from '../api/shapes';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { When } from '../parts/values';
import { useTexts } from '../texts/texts';

/** What phones forwarded and no template knew, of all merchants. */
export function OperatorUnknownTexts() {
  const { unknownTexts: texts } = useTexts();
  const found = usePages(['installation', 'unknown-texts'], (page) =>
    ask(panelClient(null).GET('/api/panel/v1/operator/unknown-texts', { params: { query: { limit: 50, ...page } } })),
  );
  return (
    <Screen title={texts.title} about={texts.about}>
      <Paged found={found} empty={<Empty title={texts.none} about={texts.noneAbout} />}>
        {(rows) => <TextList rows={rows} />}
      </Paged>
    </Screen>
  );
}

function TextList({ rows }: { readonly rows: readonly UnknownText[] }) {
  const { unknownTexts: texts } = useTexts();
  const columns: readonly Column<UnknownText>[] = [
    { name: 'arrived', title: texts.arrived, show: ({ arrived_at }) => <When at={arrived_at} /> },
    {
      name: 'merchant',
      title: texts.merchant,
      isWide: true,
      show: ({ merchant: { id, name } }) => (
        <Link to="/operator/merchants/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { name: 'sender', title: texts.sender, show: ({ sender }) => sender },
    { name: 'text', title: texts.text, show: ({ body }) => <pre className="message">{body}</pre> },
  ];
  return <List label={texts.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
