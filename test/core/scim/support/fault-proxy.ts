export * from '../../../support/scim-fault-proxy';
