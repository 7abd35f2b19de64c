using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FuturesBot.Adapters.AzureStorage;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>
/// Azurite on free loopback ports, for the tests of a collection: in memory, or in a folder that outlives it. Absent Node.js skips them
/// with a reason.
/// </summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] NameFiles = ["__azurite_db_table__.json", "__azurite_db_queue__.json", "__azurite_db_blob__.json"];
    private static readonly string[] ExtentFiles = ["__azurite_db_queue_extent__.json", "__azurite_db_blob_extent__.json"];

    private Process? _process;
    private string? _absent;
    private int _names;
    private string? _program;

    /// <summary>Where it keeps what it is told; null: in memory.</summary>
    public string? Location { get; init; }

    public int BlobPort { get; private set; }

    public int QueuePort { get; private set; }

    public int TablePort { get; private set; }

    public StorageEndpoints Endpoints { get; private set; } = StorageEndpoints.OfAzurite();

    /// <summary>The account; skips the test where Azurite cannot be had.</summary>
    public StorageAccount Account
    {
        get
        {
            Assert.SkipWhen(_absent is not null, $"Azurite does not run here: {_absent}");
            return new(Endpoints, StorageCredential.Azurite);
        }
    }

    /// <summary>A name that no other test of this server has.</summary>
    public string FreshName() => $"t{Interlocked.Increment(ref _names)}x";

    public async ValueTask InitializeAsync()
    {
        var folder = Folder();
        if (folder is null)
        {
            _absent = "tests/Azurite is not in this checkout";
            return;
        }

        if (await InstallAsync(folder) is { } fault)
        {
            _absent = fault;
            return;
        }

        _program = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        for (var tries = 0; tries < 3; tries++)
        {
            (BlobPort, QueuePort, TablePort) = (FreePort(), FreePort(), FreePort());
            Endpoints = StorageEndpoints.OfAzurite(blobPort: BlobPort, queuePort: QueuePort, tablePort: TablePort);
            await StartAsync();
            if (_process is { HasExited: false }) return;   // else somebody else has taken a port meanwhile, or it cannot run here
        }
    }

    /// <summary>
    /// Waits until all that it has acknowledged so far is on disk. Azurite answers first and writes its databases down every five seconds,
    /// so that a kill in between takes back what was said to be kept; Azure Storage does no such thing.
    /// </summary>
    public async Task SavedAsync(CancellationToken cancel)
    {
        var (mark, watch) = ($"saved{FreshName()}", Stopwatch.StartNew());
        var from = DateTime.MinValue;
        foreach (var extents in ExtentFiles) from = File.GetLastWriteTimeUtc(In(extents)) is var at && at > from ? at : from;
        await Account.Table(mark).CreateAsync(cancel);
        await Account.Queue(mark).CreateAsync(cancel);
        await Account.Queue(mark).SendAsync("saved"u8.ToArray(), cancel: cancel);
        await Account.Container(mark).CreateAsync(cancel);
        await Account.Container(mark).PutAsync(mark, "saved"u8.ToArray(), cancel: cancel);
        while (!await IsSavedAsync(mark, from, cancel))
        {
            if (watch.Elapsed > Patience) throw new InvalidOperationException($"Azurite did not write its databases within {Patience}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
        }
    }

    /// <summary>Ends it at once, as a machine does that loses its power.</summary>
    public void Kill()
    {
        if (_process is not { HasExited: false }) return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Starts it, again on the same ports.</summary>
    public async Task StartAsync()
    {
        _absent = null;
        int[] ports = [BlobPort, QueuePort, TablePort];
        string[] kept = Location is null ? ["--inMemoryPersistence"] : ["--location", Location];
        _process?.Dispose();
        _process = null;
        var start = new ProcessStartInfo("node", [
            _program!, .. kept, "--silent", "--disableTelemetry", "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            _absent = $"node could not be started: {e.Message}";
            return;
        }

        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        foreach (var port in ports)
        {
            while (!await ListensAsync(port))
            {
                if (_process.HasExited || watch.Elapsed > Patience)
                {
                    _absent = _process.HasExited ? $"it ended with code {_process.ExitCode}" : $"it did not listen within {Patience}";
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private string In(string file) => Path.Combine(Location ?? throw new InvalidOperationException("It keeps everything in memory"), file);

    // Bodies are in files of their own, written at once; where they lie is in a database of its own, and so is what they are called.
    private async Task<bool> IsSavedAsync(string mark, DateTime from, CancellationToken cancel)
    {
        foreach (var names in NameFiles)
        {
            if (!File.Exists(In(names)) || !(await File.ReadAllTextAsync(In(names), cancel)).Contains(mark, StringComparison.Ordinal)) return false;
        }

        return ExtentFiles.All(extents => File.GetLastWriteTimeUtc(In(extents)) > from);
    }

    /// <summary>
    /// Installs it where it is not, one test program after the other: half an installation looks like a whole one to whoever comes by. Null
    /// when it is there, else what is wrong.
    /// </summary>
    private static async Task<string?> InstallAsync(string folder)
    {
        var whole = Path.Combine(folder, "node_modules", ".package-lock.json");   // npm writes it last
        var watch = Stopwatch.StartNew();
        while (!File.Exists(whole))
        {
            FileStream turn;
            try
            {
                turn = new(Path.Combine(folder, "install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (watch.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
                continue;
            }

            await using (turn)
            {
                return File.Exists(whole) ? null : await RunAsync("npm", "ci --no-audit --no-fund --ignore-scripts", folder);
            }
        }

        return null;
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var found = Path.Combine(at.FullName, "tests", "Azurite");
            if (File.Exists(Path.Combine(found, "package-lock.json"))) return found;
        }

        return null;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string?> RunAsync(string program, string arguments, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardError.ReadToEndAsync();
            var rest = process.StandardOutput.ReadToEndAsync();
            using var ends = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(ends.Token);
            await rest;
            return process.ExitCode == 0 ? null : $"`{program} {arguments}` ended with {process.ExitCode}: {(await output).Trim().Split('\n')[0]}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"{program} is not there (Node.js 20 brings it)";
        }
        catch (OperationCanceledException)
        {
            return $"`{program} {arguments}` did not end within {Patience}";
        }
    }
}
