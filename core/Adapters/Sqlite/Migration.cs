using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FuturesBot.Adapters.Sqlite;

/// <summary>
/// One step of the schema forward. Steps are embedded SQL files, <c>Migrations/0001_….sql</c>.
/// </summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>All steps, by version.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. Load().OrderBy(step => step.Version)];

    /// <summary>
    /// Brings the schema to the last of <paramref name="steps"/>, each step in one transaction.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The schema is of a newer program.</exception>
    public static void Apply(SqliteConnection connection, IReadOnlyList<Migration> steps)
    {
        var known = steps[^1].Version;
        var found = VersionOf(connection);
        if (found > known)
            throw new StoreUnavailableException(
                $"The store '{connection.DataSource}' has schema version {found}; "
                + $"this program knows up to {known}. "
                + "Start the newer program that made it, or choose another state folder");

        foreach (var step in steps)
        {
            // Immediate, and the version read again inside: two programs may start at the same moment.
            using var transaction = connection.BeginTransaction(deferred: false);
            if (VersionOf(connection, transaction) >= step.Version) continue;
            Execute(connection, transaction, step.Sql);
            Execute(connection, transaction, $"PRAGMA user_version = {step.Version}");
            transaction.Commit();
        }
    }

    public static long VersionOf(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static IEnumerable<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[Folder.Length..];
            yield return new(
                int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
