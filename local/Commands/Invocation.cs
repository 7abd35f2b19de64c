using System.CommandLine;
using System.CommandLine.Invocation;

namespace FuturesBot.Local.Commands;

/// <summary>Runs the command line and keeps the exit codes: 0 done, 1 failed, 2 bad usage.</summary>
internal static class Invocation
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int BadUsage = 2;

    /// <param name="root">All commands.</param>
    /// <param name="args">What the user typed.</param>
    /// <param name="configuration">Where output goes; the console when null.</param>
    public static Task<int> RunAsync(
        RootCommand root, IReadOnlyList<string> args, InvocationConfiguration? configuration = null)
    {
        configuration ??= new();
        var parsed = root.Parse(args);
        if (parsed.Action is not ParseErrorAction) return parsed.InvokeAsync(configuration);

        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            configuration.Error.WriteLine(error);
        configuration.Error.WriteLine($"See futuresbot {NameOf(parsed)}--help");
        return Task.FromResult(BadUsage);
    }

    /// <summary>Says what is wrong and with which exit code the command ends.</summary>
    public static int Fail(this ParseResult parsed, string message, int exitCode = Failed)
    {
        parsed.InvocationConfiguration.Error.WriteLine(message);
        return exitCode;
    }

    /// <summary>True when a person watches: progress may move.</summary>
    public static bool IsWatched(this ParseResult parsed, bool json) =>
        !json
        && !Console.IsErrorRedirected
        && ReferenceEquals(parsed.InvocationConfiguration.Output, Console.Out);

    private static string NameOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
