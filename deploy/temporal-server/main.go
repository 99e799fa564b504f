// Command temporal-server is a Temporal server and its web UI in one process, kept on PostgreSQL.
//
// It exists because no package registry ships a server binary: a machine with Go and Node needs nothing else.
// Everything binds to the loopback interface; there is no authentication, so it must stay there.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/temporalio/ui-server/v2/server"
	"go.temporal.io/server/temporal"
)

func main() {
	opts, err := parseOptions(os.Args[1:])
	if err == nil {
		err = run(opts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "temporal-server:", err)
		os.Exit(1)
	}
}

func run(opts options) error {
	stop := stopRequests()
	if err := laySchema(opts.database); err != nil {
		return err
	}
	if err := createNamespace(opts); err != nil {
		return err
	}
	engine, err := newEngine(opts)
	if err != nil {
		return err
	}
	if err := engine.Start(); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	stopUI := startUI(opts)
	fmt.Printf("temporal-server: ready on 127.0.0.1:%d\n", opts.frontendPort)
	reason := <-stop
	fmt.Printf("temporal-server: stopping (%s)\n", reason)
	stopUI()
	return stopWithin(engine, 8*time.Second)
}

func startUI(opts options) (stop func()) {
	if opts.uiPort == 0 {
		return func() {}
	}
	ui := server.NewServer(uiOptions(opts))
	go func() { _ = ui.Start() }()
	return ui.Stop
}

// stopRequests reports a signal, or the death of the process that started this one: without the second, a parent
// that was killed outright would leave a server behind that holds its ports and database connections.
func stopRequests() <-chan string {
	requests := make(chan string, 2)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() { requests <- (<-signals).String() }()
	parent := os.Getppid()
	if parent > 1 {
		go func() {
			for os.Getppid() == parent {
				time.Sleep(250 * time.Millisecond)
			}
			requests <- "parent process ended"
		}()
	}
	return requests
}

// stopWithin gives the services time to hand over their shards and then leaves: PostgreSQL holds everything, so a
// hard exit loses nothing but a slower next start.
func stopWithin(engine temporal.Server, limit time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- engine.Stop() }()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		return nil
	}
}
