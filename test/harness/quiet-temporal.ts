import { DefaultLogger, Runtime } from '@temporalio/worker';

// The worker's start and stop lines would bury a failing test's own output; warnings stay.
Runtime.install({ logger: new DefaultLogger('WARN') });
