package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"runtime/debug"
	"time"

	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

const (
	loopback    = "127.0.0.1"
	clusterName = "active"
	// historyShards can never change once a database exists. Four keep two to eight cores busy; one machine
	// needs no more, and each further shard costs polling.
	historyShards = 4
)

func newEngine(opts options) (temporal.Server, error) {
	if os.Getenv("GOGC") == "" {
		// Measured: a tenth more throughput for some 100 MB.
		debug.SetGCPercent(400)
	}
	ports, err := servicePorts(opts.frontendPort)
	if err != nil {
		return nil, err
	}
	hosts := map[primitives.ServiceName]static.Hosts{}
	services := map[string]config.Service{}
	for name, port := range ports {
		hosts[name] = static.SingleLocalHost(fmt.Sprintf("%s:%d", loopback, port))
		services[string(name)] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: loopback}}
	}
	logger := log.NewZapLogger(log.BuildZapLogger(log.Config{Stdout: true, Level: opts.logLevel}))
	return temporal.NewServer(
		temporal.WithConfig(serverConfig(opts, services)),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(hosts),
		temporal.WithLogger(logger),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithDynamicConfigClient(dynamicConfig(opts.timeSkipping)),
	)
}

func serverConfig(opts options, services map[string]config.Service) *config.Config {
	history := sqlStore(opts.database, opts.database.history)
	visibility := sqlStore(opts.database, opts.database.visibility)
	frontend := fmt.Sprintf("%s:%d", loopback, opts.frontendPort)
	return &config.Config{
		Global: config.Global{
			Membership: config.Membership{MaxJoinDuration: 30 * time.Second, BroadcastAddress: loopback},
		},
		Persistence: config.Persistence{
			DefaultStore:     "history",
			VisibilityStore:  "visibility",
			NumHistoryShards: historyShards,
			DataStores: map[string]config.DataStore{
				"history":    {SQL: &history},
				"visibility": {SQL: &visibility},
			},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            services,
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
		PublicClient: config.PublicClient{HostPort: frontend},
	}
}

// servicePorts picks a free port for each service that only its siblings in this process call.
func servicePorts(frontend int) (map[primitives.ServiceName]int, error) {
	ports := map[primitives.ServiceName]int{primitives.FrontendService: frontend}
	for _, name := range []primitives.ServiceName{primitives.HistoryService, primitives.MatchingService, primitives.WorkerService} {
		listener, err := listenBelowEphemeral()
		if err != nil {
			return nil, err
		}
		// All three stay taken until the function returns, so that no port is handed out twice.
		defer func() { _ = listener.Close() }()
		ports[name] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

// listenBelowEphemeral avoids the range that outgoing connections draw from: between this listener's end and the
// service's start, one of ours to PostgreSQL could take the number.
func listenBelowEphemeral() (net.Listener, error) {
	var err error
	for range 100 {
		var listener net.Listener
		if listener, err = net.Listen("tcp", fmt.Sprintf("%s:%d", loopback, 12_000+rand.IntN(8_000))); err == nil {
			return listener, nil
		}
	}
	return nil, err
}

func uiOptions(opts options) server_options.ServerOption {
	return server_options.WithConfigProvider(&uiconfig.Config{
		TemporalGRPCAddress: fmt.Sprintf("%s:%d", loopback, opts.frontendPort),
		Host:                loopback,
		Port:                opts.uiPort,
		EnableUI:            true,
		DefaultNamespace:    opts.namespace,
		DisableNewsFetch:    true,
		HideLogs:            true,
		CORS:                uiconfig.CORS{CookieInsecure: true},
		// This UI knows no sign-in of its own: the browser's session with the codec server says who asks.
		Codec: uiconfig.Codec{
			Endpoint:            opts.codecEndpoint,
			IncludeCredentials:  opts.codecEndpoint != "",
			DefaultErrorMessage: "Could not decrypt the payloads: sign in to the back office in this browser as an administrator of the operator that the workflow belongs to.",
		},
	})
}
