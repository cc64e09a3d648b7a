import { useSearch } from '@tanstack/react-router';
import { ExportButton } from '../parts/export-button';
import { Empty } from '../parts/notice';
import { Paged } from '../parts/paged';
import { Screen } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';
import { PaymentFilters } from './payments-filters';
import { ColumnChoice, PaymentList } from './payments-list';
import { exportPath, usePayments } from './payments-query';
import { Totals } from './payments-totals';
import { PaymentViews } from './payments-views';

export function Payments() {
  const { payments: texts } = useTexts();
  const shop = useShop();
  const search = useSearch({ from: '/inside/m/$merchant/$mode/payments' });
  const found = usePayments(shop, search);
  const totals = found.data?.pages[0]?.totals ?? null;
  const isFiltered = Object.keys(search).some((name) => name !== 'columns');
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        <>
          <PaymentViews search={search} />
          <ColumnChoice search={search} />
          <ExportButton
            path={exportPath(search)}
            name={`payments-${shop.mode}.csv`}
            scope={shop}
            {...(totals !== null && totals.is_exact && { rows: totals.count })}
          />
        </>
      }
    >
      <PaymentFilters search={search} />
      {totals !== null && totals.count > 0 && <Totals totals={totals} />}
      <Paged
        found={found}
        empty={
          <Empty
            title={isFiltered ? texts.noneFound : texts.none}
            about={isFiltered ? texts.noneFoundAbout : texts.noneAbout}
          />
        }
      >
        {(rows) => <PaymentList rows={rows} columns={search.columns} />}
      </Paged>
    </Screen>
  );
}
