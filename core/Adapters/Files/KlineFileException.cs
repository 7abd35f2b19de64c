namespace FuturesBot.Adapters.Files;

/// <summary>A file that cannot be read as a whole: damaged, cut short, or larger than allowed.</summary>
public sealed class KlineFileException : IOException
{
    public KlineFileException(string file, string what, Exception? inner = null)
        : base($"{file}: {what}", inner) => File = file;

    public string File { get; }
}
