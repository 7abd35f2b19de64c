using System.Diagnostics;
using System.Globalization;
using System.Text;
using FuturesBot.Adapters.AzureStorage;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>The sidecar itself, as a container starts it: a process that is told by its environment.</summary>
internal sealed class SidecarProgram : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SidecarProgram(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.OutputDataReceived += (_, line) => Heard(line.Data);
    }

    /// <summary>What it said so far.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <param name="endpoints">Of Azurite.</param>
    /// <param name="prefix">Of the test.</param>
    /// <param name="exchange">REST of the exchange.</param>
    /// <param name="speed">Of the exchange.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="more">Variables beside or instead of those of every test.</param>
    public static SidecarProgram Start(
        StorageEndpoints endpoints, string prefix, Uri exchange, double speed, string folder, IReadOnlyDictionary<string, string>? more = null)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "futuresbot-sidecar.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in Life.SettingsOf(exchange, speed, folder)) start.Environment[name] = value;
        start.Environment["FUTURESBOT__DASHBOARD__PORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
        start.Environment["FUTURESBOT__STORAGE__KIND"] = "azurite";
        start.Environment["FUTURESBOT__STORAGE__PREFIX"] = prefix;
        start.Environment["FUTURESBOT__STORAGE__BLOB_PORT"] = endpoints.Blobs.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUTURESBOT__STORAGE__QUEUE_PORT"] = endpoints.Queues.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUTURESBOT__STORAGE__TABLE_PORT"] = endpoints.Tables.Port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var program = new SidecarProgram(new() { StartInfo = start });
        program._process.Start();
        program._process.BeginErrorReadLine();
        program._process.BeginOutputReadLine();
        return program;
    }

    /// <summary>Waits until it answers readiness with this status; how long that took.</summary>
    public async Task<TimeSpan> UntilAsync(string status, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        using var page = new HttpClient { BaseAddress = await AddressAsync(), Timeout = TimeSpan.FromSeconds(5) };
        var last = "";
        while (watch.Elapsed < (within ?? StartMax))
        {
            Assert.False(_process.HasExited, $"It ended: {Said}");
            try
            {
                last = await page.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
                if (last.Contains($"\"{status}\"", StringComparison.Ordinal)) return watch.Elapsed;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                last = e.Message;   // not ready, or between two pages
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It was not '{status}' after {watch.Elapsed}: {last}\n{Said}");
        return default;
    }

    /// <summary>Where its page is.</summary>
    public async Task<Uri> AddressAsync()
    {
        var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(_address.Task, ended).WaitAsync(StartMax) == ended) Assert.Fail($"It ended before it had a page: {Said}");
        return await _address.Task;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it stands still with its lease, its connections and whatever it had in hand, as a machine does that is held up.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT: it goes on where it stood, and does not know how long that was.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>SIGTERM; the exit code, and how long it took to end.</summary>
    public async Task<(int Code, TimeSpan Took)> TerminateAsync()
    {
        var watch = Stopwatch.StartNew();
        await SignalAsync("-TERM");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(late.Token);
        return (_process.ExitCode, watch.Elapsed);
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Heard(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
        if (line.StartsWith("page ", StringComparison.Ordinal)) _address.TrySetResult(new(line[5..]));
    }
}
