namespace FuturesBot.Adapters.Tests;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("futuresbot-test-").FullName;

    public string this[string name]
    {
        get
        {
            var file = System.IO.Path.Combine(Path, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            return file;
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
