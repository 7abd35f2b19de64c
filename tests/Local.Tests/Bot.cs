using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace FuturesBot.Local.Tests;

/// <summary>The program itself, as a user starts it: a process of its own in a folder of its own.</summary>
internal sealed partial class Bot : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Bot(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            lock (_output) _output.AppendLine(line.Data);
        };
    }

    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <param name="folder">Its working folder: state and logs are in it.</param>
    /// <param name="arguments">Words of the command line.</param>
    public static Bot Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    /// <param name="folder">Its working folder: state and logs are in it.</param>
    /// <param name="settings">Settings by their variable, such as <c>EXCHANGE__REST</c>.</param>
    /// <param name="arguments">Words of the command line.</param>
    public static Bot Start(string folder, Dictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "futuresbot.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // Enough history for ripe averages on 15m, a day lived through, six of the twelve symbols: seconds, not tens of them. They are
        // named, because the six of the greatest volume change with the hour, and each start counts the hour to its next look anew.
        start.Environment["FUTURESBOT__SIMULATED_MARKET__WARMUP_DAYS"] = "35";
        start.Environment["FUTURESBOT__SIMULATED_MARKET__REPLAY_DAYS"] = "1";
        start.Environment["FUTURESBOT__UNIVERSE__SYMBOLS_MAX"] = "6";
        start.Environment["FUTURESBOT__UNIVERSE__ADDED"] = "BTCUSDT,ETHUSDT,SOLUSDT,XRPUSDT,DOGEUSDT,BNBUSDT";
        // The program compiles each method once and well, which pays off in a long run; most of these live for seconds.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in settings) start.Environment[$"FUTURESBOT__{name}"] = value;
        var bot = new Bot(new() { StartInfo = start });
        bot._process.Start();
        bot._process.BeginErrorReadLine();
        bot._process.BeginOutputReadLine();
        return bot;
    }

    /// <summary>Waits until the page answers and says where.</summary>
    public async Task<HttpClient> PageAsync() => new() { BaseAddress = await _address.Task.WaitAsync(StartMax) };

    /// <summary>SIGKILL: nothing of the program runs any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its own end; the exit code, null when it took longer.</summary>
    public async Task<int?> EndAsync(TimeSpan within)
    {
        using var late = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(late.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Heard(string? line)
    {
        if (line is null) return;
        lock (_errors) _errors.AppendLine(line);
        if (Page().Match(line) is { Success: true } found) _address.TrySetResult(new(found.Value));
    }

    [GeneratedRegex(@"http://[\w.\[\]:]+:\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Page();
}
