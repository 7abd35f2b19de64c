using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Symbol = FuturesBot.Domain.Market.Symbol;

namespace FuturesBot.Local.Commands;

/// <summary><c>indicators</c>: indicators over one kline file, a row per candle.</summary>
internal static class IndicatorsCommand
{
    private const int RefusedShown = 20;
    private const int WriteBytes = 1 << 16;

    public static Command Create()
    {
        var input = new Option<FileInfo>("--input")
        {
            Description = "kline file (.csv, .csv.gz, .zip)",
            Required = true,
            CustomParser = result =>
            {
                var file = new FileInfo(result.Tokens[0].Value);
                if (!file.Exists) result.AddError($"--input was '{file.FullName}', which does not exist");
                else if (!KlineFileName.IsReadable(file.Name))
                {
                    result.AddError(
                        $"--input was '{file.FullName}'; files that end with .csv, .csv.gz or .zip are read");
                }


                return file;
            },
        };
        var output = new Option<FileInfo>("--out") { Description = "the .csv to write", Required = true };
        var set = new Option<AskedIndicator[]>("--set")
        {
            Description = "names separated by commas, such as ema20,rsi14,macd,bb; without it a wide set. "
                + $"Known: {string.Join(", ", IndicatorRegistry.Allowed)} "
                + "(the numbers of bars may be others)",
            CustomParser = result => Asked(
                result.Tokens.SelectMany(token => Names(token.Value)), result.AddError),
            DefaultValueFactory = result => Asked(IndicatorRegistry.DefaultNames, result.AddError),
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("indicators", "computes indicators over a kline file")
        {
            input, output, set, json,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            parsed,
            parsed.GetValue(input)!,
            parsed.GetValue(output)!,
            new(parsed.GetValue(set)!),
            parsed.GetValue(json),
            cancel)));
        return command;
    }

    private static string[] Names(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static AskedIndicator[] Asked(IEnumerable<string> names, Action<string> fault)
    {
        var all = new List<AskedIndicator>();
        foreach (var name in names)
        {
            if (IndicatorRegistry.Find(name, out var asked) is { } wrong) fault($"--set: {wrong}");
            else all.Add(asked!);
        }

        if (all.Count == 0) fault("--set named no indicator; names such as ema20,rsi14 are allowed");
        return [.. all];
    }

    private static int Run(
        ParseResult parsed,
        FileInfo input,
        FileInfo output,
        IndicatorTable table,
        bool json,
        CancellationToken cancel)
    {
        var wrongOut =
            Directory.Exists(output.FullName) ? "which is a folder; a file such as out.csv is allowed"
            : output.FullName == input.FullName ? "which is the input; another file is allowed"
            : null;
        if (wrongOut is not null)
            return parsed.Fail($"--out was '{output.FullName}', {wrongOut}", Invocation.BadUsage);

        try
        {
            var refused = new List<KlineRowError>();
            var series = KlineFileName.TryParse(input.FullName, out var named) ? named : Guessed(input);
            if (series is null)
            {
                return parsed.Fail(
                    $"No row of '{input.FullName}' is a candle of 1m, 5m, 15m, 1h, 4h or 1d: "
                    + FirstFault(input));
            }

            output.Directory!.Create();
            var counts = Write(input, output, series, table, refused, cancel);
            Tell(parsed, refused, counts);
            if (counts.Accepted == 0)
            {
                return parsed.Fail(
                    $"No row of '{input.FullName}' is a candle of {series.Frame.Code()}; "
                    + "nothing was written");
            }

            Report(parsed, output, table, counts, json);
            return Invocation.Done;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static SeriesInfo? Guessed(FileInfo input) =>
        KlineFileName.FrameOf(input.FullName) is { } frame ? new(Symbol.Btc, frame) : null;

    private static string FirstFault(FileInfo input)
    {
        KlineRowError? first = null;
        using var reader = new KlineFileReader(
            input.FullName, new(Symbol.Btc, TimeFrame.M15), error => first ??= error);
        while (first is null && reader.TryRead(out _))
        {
        }

        return first?.ToString() ?? "it has no rows";
    }

    private static ReadCounts Write(
        FileInfo input,
        FileInfo output,
        SeriesInfo series,
        IndicatorTable table,
        List<KlineRowError> refused,
        CancellationToken cancel)
    {
        // A half-written table must not look like a whole one.
        var part = output.FullName + ".part";
        using var reader = new KlineFileReader(input.FullName, series, error =>
        {
            if (refused.Count < RefusedShown) refused.Add(error);
        });
        try
        {
            using (var stream = new FileStream(
                part, FileMode.Create, FileAccess.Write, FileShare.None, WriteBytes))
            {
                table.WriteHead(stream);
                while (reader.TryRead(out var bar))
                {
                    cancel.ThrowIfCancellationRequested();
                    table.WriteRow(stream, bar);
                }
            }

            if (reader.Counts.Accepted > 0) File.Move(part, output.FullName, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        return reader.Counts;
    }

    private static void Tell(ParseResult parsed, List<KlineRowError> refused, ReadCounts counts)
    {
        var error = parsed.InvocationConfiguration.Error;
        foreach (var row in refused) error.WriteLine($"refused {row}");
        if (counts.Refused > refused.Count)
        {
            var more = counts.Refused - refused.Count;
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {more:N0} more refused rows"));
        }
    }

    private static void Report(
        ParseResult parsed, FileInfo output, IndicatorTable table, ReadCounts counts, bool json)
    {
        var console = parsed.InvocationConfiguration.Output;
        if (!json)
        {
            var rows = string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.Accepted:N0} candles, {counts.Refused:N0} rows refused");
            console.WriteLine($"{rows}, {table.Columns.Count} columns → {output.FullName}");
            return;
        }

        console.WriteLine(new JsonObject
        {
            ["out"] = output.FullName,
            ["candles"] = counts.Accepted,
            ["refused"] = counts.Refused,
            ["columns"] = new JsonArray([.. table.Columns.Select(column => JsonValue.Create(column))]),
        }.ToJsonString());
    }
}
