namespace FuturesBot.Local.Running;

/// <summary>The folder of one run's state, held by one process at a time.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <summary>Name of the store's file in the folder.</summary>
    public const string StoreName = "futuresbot.db";

    public string StorePath => Path.Combine(_path, StoreName);

    public string LedgerPath => Path.Combine(_path, "ledger.jsonl");

    /// <summary>Null when another process holds it. A process that dies lets go of it.</summary>
    public static StateFolder? TryTake(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            return new(path, new(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public FileStream OpenLedger() => new(LedgerPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    public void Dispose() => _lock.Dispose();
}
