namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>Answers of the exchange, written from its lists of fields: <c>Payloads/NAME.json</c>.</summary>
internal static class Payload
{
    private static readonly string Folder = FindFolder();

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Serverless.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "tests", "Adapters.Tests", "Binance", "Payloads");
    }
}
