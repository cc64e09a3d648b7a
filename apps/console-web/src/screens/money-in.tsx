import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Screen } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';
import { Credits } from './credits';
import { EnterMoney } from './enter-money';
import { ParkedMessages } from './parked-messages';
import { Reconciliation } from './reconciliation';
import { Statement } from './statement';
import { WalletDays } from './wallet-days';

/** Money as it arrived: statements, what a person saw, and messages that could not be taken yet. */
export function MoneyIn() {
  const { moneyIn: texts, books } = useTexts();
  const { may } = useShop();
  const { tab = 'credits' } = useSearch({ from: '/inside/m/$merchant/$mode/money' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/money' });
  return (
    <Screen title={texts.title} about={texts.about}>
      <Tabs
        value={tab}
        onChange={(chosen) => void navigate({ search: chosen === null ? {} : { tab: chosen } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="credits">{texts.credits}</Tabs.Tab>
          <Tabs.Tab value="days">{books.title}</Tabs.Tab>
          <Tabs.Tab value="reconciliation">{texts.reconciliation}</Tabs.Tab>
          <Tabs.Tab value="statement">{texts.statement}</Tabs.Tab>
          {may('money') && <Tabs.Tab value="enter">{texts.enter}</Tabs.Tab>}
          <Tabs.Tab value="parked">{texts.parked}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="credits">
          <Credits />
        </Tabs.Panel>
        <Tabs.Panel value="days">
          <WalletDays />
        </Tabs.Panel>
        <Tabs.Panel value="reconciliation">
          <Reconciliation />
        </Tabs.Panel>
        <Tabs.Panel value="statement">
          <Statement />
        </Tabs.Panel>
        <Tabs.Panel value="enter">
          <EnterMoney />
        </Tabs.Panel>
        <Tabs.Panel value="parked">
          <ParkedMessages />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
