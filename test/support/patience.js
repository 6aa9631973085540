'use strict';

// Jest's five seconds would make every slow test a test of the machine; a busy one may take its time.
jest.setTimeout(60_000);
