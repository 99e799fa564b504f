package main

import (
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"time"
)

type options struct {
	frontendPort int
	uiPort       int
	database     database
	namespace    string
	// codecEndpoint is where the UI has encrypted payloads read; empty leaves it without.
	codecEndpoint string
	retention     time.Duration
	timeSkipping  bool
	logLevel      string
}

// database is one PostgreSQL server with two databases on it: the histories and what the UI searches.
type database struct {
	host, port, user, password string
	history, visibility        string
}

func parseOptions(args []string) (options, error) {
	var opts options
	var postgresURL string
	flags := flag.NewFlagSet("temporal-server", flag.ContinueOnError)
	flags.IntVar(&opts.frontendPort, "frontend-port", 7233, "gRPC port on 127.0.0.1")
	flags.IntVar(&opts.uiPort, "ui-port", 0, "web UI port on 127.0.0.1; 0 leaves the UI out")
	flags.StringVar(&postgresURL, "postgres-url", os.Getenv("TEMPORAL_POSTGRES_URL"),
		"postgres://user:password@host:port/ of the server that holds both databases; better in TEMPORAL_POSTGRES_URL, which other users cannot see")
	flags.StringVar(&opts.database.history, "history-database", "temporal", "database of the histories; must exist")
	flags.StringVar(&opts.database.visibility, "visibility-database", "temporal_visibility", "database of the search index; must exist")
	flags.StringVar(&opts.namespace, "namespace", "default", "namespace created when missing")
	flags.StringVar(&opts.codecEndpoint, "codec-endpoint", "", "URL of the codec server that the UI asks to decrypt payloads; empty for none")
	flags.DurationVar(&opts.retention, "retention", 400*24*time.Hour, "how long closed runs stay readable (of a new namespace)")
	flags.BoolVar(&opts.timeSkipping, "time-skipping", false, "let clients carry a workflow through time")
	flags.StringVar(&opts.logLevel, "log-level", "error", "debug, info, warn or error")
	if err := flags.Parse(args); err != nil {
		return opts, err
	}
	return opts, opts.database.fill(postgresURL)
}

func (d *database) fill(postgresURL string) error {
	parsed, err := url.Parse(postgresURL)
	if err != nil || parsed.Hostname() == "" || parsed.User == nil {
		// The URL itself carries a password and must not reach a log.
		return fmt.Errorf("--postgres-url must look like postgres://user:password@host:port/")
	}
	d.host, d.port, d.user = parsed.Hostname(), parsed.Port(), parsed.User.Username()
	d.password, _ = parsed.User.Password()
	if d.port == "" {
		d.port = "5432"
	}
	return nil
}

func (d database) address() string { return net.JoinHostPort(d.host, d.port) }
