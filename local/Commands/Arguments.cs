using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Symbol = FuturesBot.Domain.Market.Symbol;

namespace FuturesBot.Local.Commands;

/// <summary>Parsers that several commands share; each fault names the text and what is allowed.</summary>
internal static class Arguments
{
    public static Option<DirectoryInfo> Folder(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result => ExistingFolder(result),
    };

    public static Option<FileInfo> File(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var file = new FileInfo(result.Tokens[0].Value);
            if (!file.Exists) result.AddError($"{name} was '{file.FullName}', which does not exist");
            return file;
        },
    };

    public static Option<string[]> Names(string name, string description, IReadOnlyList<string> allowed) => new(name)
    {
        Description = $"{description}, separated by commas: {string.Join(", ", allowed)}",
        CustomParser = result =>
        {
            var names = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
            foreach (var wrong in names.Except(allowed, StringComparer.Ordinal))
                result.AddError($"{name} held '{wrong}'; allowed are {string.Join(", ", allowed)}");
            return names;
        },
    };

    public static Option<T?> Number<T>(string name, string description, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
                    return number;
                result.AddError($"{name} was '{text}'; a number from {min} to {max} is allowed");
                return null;
            },
        };

    public static Option<long?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
                return time.ToUnixTimeMilliseconds();
            result.AddError($"{name} was '{text}'; a UTC time such as 2025-08-01T00:00:00Z is allowed");
            return null;
        },
    };

    /// <summary>A span of wall time such as <c>90s</c>, <c>10m</c>, <c>2h</c>.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = $"{description}: 90s, 10m, 2h",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var seconds = text.Length < 2 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, _ => 0 };
            if (seconds > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count * seconds is > 0 and < 1e8)
                return TimeSpan.FromSeconds(count * seconds);
            result.AddError($"{name} was '{text}'; a span such as 90s, 10m or 2h is allowed");
            return null;
        },
    };

    /// <param name="fallback">What holds when the option is not there; null: nothing.</param>
    public static Option<string> OneOf(string name, string description, string? fallback, params string[] allowed)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}: {string.Join(", ", allowed)}",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!allowed.Contains(text, StringComparer.Ordinal))
                    result.AddError($"{name} was '{text}'; allowed are {string.Join(", ", allowed)}");
                return text;
            },
        };
        if (fallback is not null) option.DefaultValueFactory = _ => fallback;
        return option;
    }

    public static Option<Symbol[]> Symbols() => new("--symbols")
    {
        Description = "only these symbols, separated by commas",
        CustomParser = result =>
        {
            var symbols = new List<Symbol>();
            foreach (var name in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (Symbol.TryParse(name.Trim(), out var symbol)) symbols.Add(symbol);
                else result.AddError($"--symbols held '{name}'; names such as BTCUSDT are allowed");
            }

            return [.. symbols];
        },
    };

    private static DirectoryInfo ExistingFolder(ArgumentResult result)
    {
        var folder = new DirectoryInfo(result.Tokens[0].Value);
        if (!folder.Exists) result.AddError($"Folder '{folder.FullName}' does not exist");
        return folder;
    }
}
