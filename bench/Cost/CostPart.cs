using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Bench.Cost;

/// <summary>
/// An execution in a process that starts for it, as an instance of the functions does that had gone: its processor seconds count from the
/// start of the process, just-in-time compilation included.
/// </summary>
/// <param name="CpuSeconds">Of the whole process.</param>
/// <param name="PeakMib">Most memory it had.</param>
/// <param name="Operations">Storage operations.</param>
internal sealed record CostPart(double CpuSeconds, double PeakMib, Dictionary<string, double> Operations)
{
    public const string Verb = "cost-part";

    /// <summary>In the process that was started: does it, and prints one line of JSON.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (words is not [var what, var blobPort, var prefix, var count] || !int.TryParse(blobPort, CultureInfo.InvariantCulture, out var port)
            || !int.TryParse(count, CultureInfo.InvariantCulture, out var batches))
        {
            await Console.Error.WriteLineAsync($"{Verb} is what `cost` starts by itself");
            return 2;
        }

        using var functions = await CostFunctions.OpenAsync(Endpoints(port), prefix, TimeProvider.System, makesMissing: false, CancellationToken.None);
        if (what == "close")
        {
            await functions.TakeAsync(batches, CancellationToken.None);
        }
        else
        {
            foreach (var name in new[] { "timers", "orchestrations" }) await functions.Beats.WriteAsync(new Beat(name, 1));
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new CostPart(
            process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64 / 1048576.0, CostOperations.Of(functions.Account))));
        return 0;
    }

    public static async Task<CostPart> StartAsync(string what, int blobPort, string prefix, int batches, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        // Started by `dotnet bench.dll` the process is dotnet, and the program its first word.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(CostPart).Assembly.Location);
        foreach (var word in new[] { Verb, what, blobPort.ToString(CultureInfo.InvariantCulture), prefix, batches.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 && JsonSerializer.Deserialize<CostPart>(output) is { } part
            ? part
            : throw new InvalidOperationException($"{Verb} {what} ended with {process.ExitCode}: {output}");
    }

    internal static StorageEndpoints Endpoints(int blobPort) => StorageEndpoints.OfAzurite(blobPort: blobPort, queuePort: blobPort + 1, tablePort: blobPort + 2);
}
