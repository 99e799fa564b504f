package main

import (
	"time"

	"go.temporal.io/server/common/dynamicconfig"
)

// unlimited is above what one machine can do. The defaults protect a shared cluster; here one landlord's month-end
// (thousands of timers in a second) would be throttled by them, and a visibility list refused after ten a second.
const unlimited = 1_000_000

func dynamicConfig(timeSkipping bool) dynamicconfig.StaticClient {
	settings := map[string]any{
		// Without it a start's fairnessKey is ignored.
		"matching.enableFairness": true,
		// A fresh search attribute is usable after one refresh.
		"system.namespaceCacheRefreshInterval":           time.Second,
		"system.forceSearchAttributesCacheRefreshOnRead": true,
		// Long polls and waiting updates, per API.
		"frontend.namespaceCount": 10_000,
	}
	for _, queue := range []string{"timer", "transfer", "visibility"} {
		// The default lets a shard look for due tasks twenty times a second. A lease that travels through time needs two
		// looks a wake: it spent half of its year waiting for the next one.
		settings["history."+queue+"ProcessorMaxPollRPS"] = 500
	}
	for _, rate := range []string{
		"frontend.rps", "frontend.namespaceRPS", "frontend.namespaceRPS.visibility",
		"history.rps", "matching.rps",
		"frontend.persistenceMaxQPS", "history.persistenceMaxQPS", "matching.persistenceMaxQPS",
		"worker.persistenceMaxQPS", "system.visibilityPersistenceMaxReadQPS", "system.visibilityPersistenceMaxWriteQPS",
		"history.timerProcessorMaxPollHostRPS", "history.transferProcessorMaxPollHostRPS",
	} {
		settings[rate] = unlimited
	}
	if timeSkipping {
		settings["frontend.WorkflowTimeSkippingEnabled"] = true
		// Without it every skip waits a second for the timer queue's clock-skew allowance.
		settings["history.timerProcessorMaxTimeShift"] = time.Millisecond
		// Without it a continue-as-new within a second of the last one is backed off, and server 1.32.0 adds the
		// time skipped so far to that back-off: virtual time then jumps twice as far.
		settings["history.workflowIdReuseMinimalInterval"] = time.Duration(0)
	}
	client := dynamicconfig.StaticClient{}
	for name, value := range settings {
		client[dynamicconfig.MakeKey(name)] = value
	}
	return client
}
