package main

import (
	"fmt"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/tools/common/schema"
	sqltool "go.temporal.io/server/tools/sql"
	"google.golang.org/protobuf/types/known/durationpb"
)

const emptySchema = "0.0"

// laySchema brings both databases to this server's version; a database that is there already is left as it is.
func laySchema(db database) error {
	for name, directory := range map[string]string{
		db.history:    "postgresql/v12/temporal",
		db.visibility: "postgresql/v12/visibility",
	} {
		if err := updateSchema(sqlStore(db, name), directory); err != nil {
			return fmt.Errorf("schema of database %s: %w", name, err)
		}
	}
	return nil
}

// updateSchema does what Temporal's own temporal-sql-tool does, with the SQL that is embedded in the module. The tool's
// command line would end the process on an error and leave its reason on a log that nobody reads.
func updateSchema(store config.SQL, directory string) error {
	silent := log.NewNoopLogger()
	connection, err := sqltool.NewConnection(&store, silent)
	if err != nil {
		return err
	}
	defer connection.Close()
	version, err := connection.ReadSchemaVersion()
	if err != nil || version == emptySchema {
		// Overwrite: a first start that was killed half-way left some tables and no version; there is no data yet.
		setup := &schema.SetupConfig{InitialVersion: emptySchema, Overwrite: true}
		if err := schema.NewSetupSchemaTask(connection, setup, silent).Run(); err != nil {
			return err
		}
	}
	update := &schema.UpdateConfig{DBName: store.DatabaseName, SchemaName: directory}
	return schema.NewUpdateSchemaTask(connection, update, silent).Run()
}

// createNamespace writes the namespace straight into the database before the services start: registering it over
// gRPC would cost every first start the seconds until all caches know it. The package is named for SQLite, but the
// function is given the PostgreSQL plugin and writes through it.
func createNamespace(opts options) error {
	namespace, err := sqlite.NewNamespaceConfig(clusterName, opts.namespace, false, nil)
	if err != nil {
		return err
	}
	namespace.Detail.Config.Retention = durationpb.New(opts.retention)
	store := sqlStore(opts.database, opts.database.history)
	if err := sqlite.CreateNamespaces(&store, namespace); err != nil {
		return fmt.Errorf("create namespace: %w", err)
	}
	return nil
}

func sqlStore(db database, name string) config.SQL {
	return config.SQL{
		PluginName:      postgresql.PluginNamePGX,
		ConnectProtocol: "tcp",
		ConnectAddr:     db.address(),
		DatabaseName:    name,
		User:            db.user,
		Password:        db.password,
		MaxConns:        20,
		MaxIdleConns:    20,
	}
}
