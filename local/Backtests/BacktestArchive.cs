using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;

namespace FuturesBot.Local.Backtests;

/// <summary>Runs on the disk: a folder each, with run.json and the results. Bounded in number and size.</summary>
internal sealed class BacktestArchive(string folder, BacktestOptions options)
{
    private const string RecordName = "run.json";

    /// <summary>What former processes left, oldest first. A run that was not over says that it was interrupted.</summary>
    public List<BacktestRecord> Load(long nowMs)
    {
        Directory.CreateDirectory(folder);
        var records = new List<BacktestRecord>();
        foreach (var path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (Read(path) is not { } record || record.Id != Path.GetFileName(path)) continue;   // none of ours: left alone
            if (!record.IsOver)
            {
                record = record with
                {
                    EndedAtMs = nowMs,
                    Error = record.State == BacktestState.Running ? "The program ended while it ran" : "The program ended before its turn came",
                    State = BacktestState.Interrupted,
                };
                Save(record);
            }

            records.Add(record);
        }

        return records;
    }

    public string FolderOf(string id) => Path.Combine(folder, id);

    public void Save(BacktestRecord record)
    {
        var path = Path.Combine(Directory.CreateDirectory(FolderOf(record.Id)).FullName, RecordName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(record, DashboardJson.Options));
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Delete(string id)
    {
        if (Directory.Exists(FolderOf(id))) Directory.Delete(FolderOf(id), recursive: true);
    }

    /// <summary>Takes what a run that did not finish has written.</summary>
    public void DeleteResults(string id)
    {
        foreach (var name in (string[])[BacktestFiles.Decisions, BacktestFiles.Trades, BacktestFiles.Summary, BacktestFiles.Report])
            File.Delete(Path.Combine(FolderOf(id), name));
    }

    public long BytesOf(string id) => new DirectoryInfo(FolderOf(id)).EnumerateFiles().Sum(file => file.Length);

    /// <summary>Runs that have to go, oldest first; the newest always stays.</summary>
    public List<BacktestRecord> Surplus(IReadOnlyList<BacktestRecord> over)
    {
        var surplus = new List<BacktestRecord>();
        var bytes = over.Sum(record => record.Bytes);
        for (var i = 0; i < over.Count - 1; i++)
        {
            if (over.Count - i <= options.RunsKept && bytes <= (long)options.KeptMib << 20) break;
            surplus.Add(over[i]);
            bytes -= over[i].Bytes;
        }

        return surplus;
    }

    private static BacktestRecord? Read(string path)
    {
        var file = Path.Combine(path, RecordName);
        if (!File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize<BacktestRecord>(File.ReadAllBytes(file), DashboardJson.Options);
        }
        catch (JsonException)
        {
            return null;   // no record of ours; the folder is left for its owner
        }
    }
}
