export { closeLedgers, defaultLedgerFile, ledgerOf } from './node-ledger';
export { openLedgerThread, type LedgerThread } from './thread';
