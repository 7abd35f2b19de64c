using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FuturesBot.TestKit;

/// <summary>
/// A program as a user or a platform starts it: a process of its own, told by arguments and environment. It can be held, killed and
/// asked to end at any moment; disposing kills it.
/// </summary>
public sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly StringBuilder _said = new();
    private readonly Lock _gate = new();
    private readonly List<(Func<string, bool> Is, TaskCompletionSource<string> Found)> _awaited = [];

    private RunningProgram(ProcessStartInfo start, string name)
    {
        (_process, _name) = (new() { StartInfo = start }, name);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>What it wrote so far, to both streams.</summary>
    public string Said
    {
        get
        {
            lock (_gate) return _said.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    /// <param name="program">An assembly beside the test's.</param>
    /// <param name="folder">Its working folder; made where it is missing.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="arguments">Words of the command line.</param>
    public static RunningProgram Start(string program, string folder, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // What compiles each method once and well pays off in a long run; these live for seconds.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(start, program);
    }

    /// <summary>The first line so far, or from now on, that is the one looked for.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not write it in time.</exception>
    public async Task<string> LineAsync(Func<string, bool> isIt, TimeSpan within)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_said.ToString().Split('\n').FirstOrDefault(isIt) is { } line) return line;
            _awaited.Add((isIt, found));
        }

        var first = await Task.WhenAny(found.Task, _process.WaitForExitAsync(), Task.Delay(within));
        if (first == found.Task) return await found.Task;
        throw new InvalidOperationException($"{_name} did not write what was waited for{(HasExited ? $" and ended with {_process.ExitCode}" : "")}: {Said}");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it stands still where it is.</summary>
    public Task HoldAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task GoOnAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM; the exit code, and how long it took to end.</summary>
    /// <exception cref="InvalidOperationException">It did not end in time.</exception>
    public async Task<(int Code, TimeSpan Took)> TerminateAsync(TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        await SignalAsync("TERM");
        return await EndAsync(within) is { } code ? (code, watch.Elapsed) : throw new InvalidOperationException($"{_name} did not end within {within}: {Said}");
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
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Heard(string? line)
    {
        if (line is null) return;
        lock (_gate)
        {
            _said.AppendLine(line);
            foreach (var (isIt, found) in _awaited)
            {
                if (isIt(line)) found.TrySetResult(line);
            }
        }
    }
}
