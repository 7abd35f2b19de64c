using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Tests.Stores;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FuturesBot.Adapters.Tests.Sqlite;

public sealed class SqliteCandleStoreTests : CandleStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteCandleStoreTests() => _store = SqliteStore.Open(_folder["bot.db"]);

    protected override ICandleStore Candles => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}

public sealed class SqliteCandleTimesTests : CandleTimesContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteCandleTimesTests() => _store = SqliteStore.Open(_folder["bot.db"]);

    protected override ICandleStore Candles => _store;

    protected override ICandleTimes Times => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}

public sealed class SqliteSignalStoreTests : SignalStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteSignalStoreTests() => _store = SqliteStore.Open(_folder["bot.db"]);

    protected override ISignalStore Signals => _store;

    protected override ICandleStore Candles => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}

public sealed class SqliteStoreTests : IDisposable
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 1L)]   // NORMAL
    [InlineData(true, 2L)]    // FULL
    public async Task Open_NewFile_IsInWalModeAndSurvivesReopening(bool power, long synchronous)
    {
        var options = new SqliteStoreOptions { SurvivesPowerFailure = power };
        using (var store = SqliteStore.Open(_folder["state/bot.db"], options))
        {
            await store.AppendAsync(Btc15m, GoldenMarket.Bars(3));
            Assert.Equal(synchronous, store.Pragma("synchronous"));
        }

        using (var store = SqliteStore.Open(_folder["state/bot.db"]))
            Assert.Equal(3, (await store.ReadAsync(Btc15m, 0, long.MaxValue)).Count);
        Assert.Equal("wal", Scalar("state/bot.db", "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Open_WriterNeverClosed_FindsEveryCommit()
    {
        // As after a kill: the first store is still there and has closed nothing.
        using var killed = SqliteStore.Open(_folder["bot.db"]);
        await killed.AppendAsync(Btc15m, GoldenMarket.Bars(3));
        foreach (var file in Directory.GetFiles(_folder.Path)) File.Copy(file, _folder["copy/" + Path.GetFileName(file)]);

        using var store = SqliteStore.Open(_folder["copy/bot.db"]);
        Assert.Equal(3, (await store.ReadAsync(Btc15m, 0, long.MaxValue)).Count);
    }

    [Fact]
    public void Open_SchemaOfANewerProgram_IsRefusedWithWhatToDo()
    {
        SqliteStore.Open(_folder["bot.db"]).Dispose();
        Scalar("bot.db", "PRAGMA user_version = 999");

        var thrown = Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(_folder["bot.db"]));
        Assert.Contains("schema version 999", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ExclusiveTwice_IsRefusedUntilTheFirstEnds()
    {
        var options = new SqliteStoreOptions { IsExclusive = true };
        using (SqliteStore.Open(_folder["bot.db"], options))
        {
            var thrown = Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(_folder["bot.db"], options));
            Assert.Contains("in use by another process", thrown.Message, StringComparison.Ordinal);
            SqliteStore.Open(_folder["bot.db"]).Dispose();   // an import beside it may
        }

        SqliteStore.Open(_folder["bot.db"], options).Dispose();
    }

    [Fact]
    public void Open_SomethingElse_SaysSo()
    {
        File.WriteAllText(_folder["bot.db"], new string('x', 5000));
        var thrown = Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(_folder["bot.db"]));
        Assert.Contains(_folder["bot.db"], thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_WholeStoreInUse_FindsNothingWrongAndChangesNothing()
    {
        using var store = SqliteStore.Open(_folder["bot.db"]);
        await store.AppendAsync(Btc15m, GoldenMarket.Bars(3));

        var found = SqliteStore.Examine(_folder["bot.db"]);

        Assert.Empty(found.Damages);
        Assert.Equal(found.Known, found.Version);
        Assert.Equal(3, (await store.ReadAsync(Btc15m, 0, long.MaxValue)).Count);
    }

    [Fact]
    public async Task Examine_DamagedStore_NamesTheDamage()
    {
        using (var store = SqliteStore.Open(_folder["bot.db"])) await store.AppendAsync(Btc15m, GoldenMarket.Bars(5_000));
        using (var file = File.OpenWrite(_folder["bot.db"]))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.Write(new byte[8_192]);
        }

        Assert.NotEmpty(SqliteStore.Examine(_folder["bot.db"]).Damages);
    }

    [Fact]
    public void Examine_NoStore_SaysSo()
    {
        File.WriteAllText(_folder["bot.db"], new string('x', 5000));
        Assert.Throws<StoreUnavailableException>(() => SqliteStore.Examine(_folder["bot.db"]));
        Assert.Throws<StoreUnavailableException>(() => SqliteStore.Examine(_folder["absent.db"]));
    }

    [Fact]
    public void Apply_NextStep_KeepsTheDataAndRunsOnce()
    {
        using var connection = Connect("bot.db");
        Migration first = new(1, "0001", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (7)");
        Migration second = new(2, "0002", "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 5");
        Migration.Apply(connection, [first]);

        Migration.Apply(connection, [first, second]);
        Migration.Apply(connection, [first, second]);

        Assert.Equal(2, Migration.VersionOf(connection));
        Assert.Equal(12L, Scalar(connection, "SELECT sum(x + y) FROM a"));
    }

    [Fact]
    public void Apply_StepFails_StaysAtTheOneBefore()
    {
        using var connection = Connect("bot.db");
        Migration first = new(1, "0001", "CREATE TABLE a (x INTEGER)");
        Migration broken = new(2, "0002", "INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1)");

        Assert.Throws<SqliteException>(() => Migration.Apply(connection, [first, broken]));

        Assert.Equal(1, Migration.VersionOf(connection));
        Assert.Equal(0L, Scalar(connection, "SELECT count(*) FROM a"));
    }

    [Fact]
    public void Migrations_InTheProgram_AreNumberedWithoutAHole() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(step => step.Version));

    [Fact]
    public void Find_NoLibrary_SaysTheLineThatInstallsIt()
    {
        var thrown = Assert.Throws<StoreUnavailableException>(() => SystemSqlite.Find(["libnothing.so.9"]));
        Assert.Contains("libnothing.so.9", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(SystemSqlite.InstallLine, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_OfTheSystemsLibrary_KnowsUpsertAndRowValues() =>
        Assert.True(new Version(SystemSqlite.Version) >= new Version(3, 24), SystemSqlite.Version);

    [Fact]
    public async Task Read_CandlesOfOneSeries_GoesAlongTheKey()
    {
        using var store = SqliteStore.Open(_folder["bot.db"]);
        await store.AppendAsync(Btc15m, GoldenMarket.Bars(3));

        var plan = Plan("SELECT * FROM candles WHERE symbol = 'BTCUSDT' AND frame = 15 AND open_ms >= 0 ORDER BY open_ms DESC LIMIT 3");
        Assert.Contains("USING PRIMARY KEY (symbol=? AND frame=? AND open_ms>?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private string Plan(string sql)
    {
        using var connection = Connect("bot.db");
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    private object? Scalar(string file, string sql)
    {
        using var connection = Connect(file);
        return Scalar(connection, sql);
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteConnection Connect(string file)
    {
        _ = SystemSqlite.Version;
        var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
        connection.Open();
        return connection;
    }
}
