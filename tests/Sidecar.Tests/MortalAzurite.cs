using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.Tests.AzureStorage;

namespace FuturesBot.Sidecar.Tests;

/// <summary>An Azurite on disk that can be stopped and started again at the same place.</summary>
internal sealed class MortalAzurite : IAsyncDisposable
{
    private readonly string _program;
    private readonly string _folder;
    private readonly int[] _ports;
    private Process _process;

    private MortalAzurite(string program, string folder, int[] ports) =>
        (_program, _folder, _ports, _process) = (program, folder, ports, Run(program, folder, ports));

    public StorageEndpoints Endpoints => StorageEndpoints.OfAzurite(blobPort: _ports[0], queuePort: _ports[1], tablePort: _ports[2]);

    public StorageAccount Account => new(Endpoints, StorageCredential.Azurite);

    /// <param name="installed">Whose installation is used; a test that cannot have it is skipped there.</param>
    /// <param name="folder">Where it keeps its data.</param>
    public static async Task<MortalAzurite> StartAsync(AzuriteServer installed, string folder)
    {
        _ = installed.Account;   // skips the test where Azurite is not there
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "tests", "Azurite", "package-lock.json"))) at = at.Parent;
        var program = Path.Combine(at.FullName, "tests", "Azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        var server = new MortalAzurite(program, folder, [FreePort(), FreePort(), FreePort()]);
        await server.ListensAsync();
        return server;
    }

    /// <summary>
    /// Stops it, with SIGTERM: Azurite keeps what it has acknowledged in memory for up to five seconds before it writes it down, so a
    /// SIGKILL would take back what it said was durable, which Azure Storage does not.
    /// </summary>
    public void Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) kill.WaitForExit();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20))) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Starts again over what it had kept.</summary>
    public Task RestartAsync()
    {
        _process = Run(_program, _folder, _ports);
        return ListensAsync();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private static Process Run(string program, string folder, int[] ports)
    {
        var process = Process.Start(new ProcessStartInfo("node", [
            program, "--location", folder, "--silent", "--disableTelemetry", "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ListensAsync()
    {
        var watch = Stopwatch.StartNew();
        foreach (var port in _ports)
        {
            while (true)
            {
                if (_process.HasExited || watch.Elapsed > TimeSpan.FromMinutes(1)) throw new InvalidOperationException("Azurite did not come up");
                using var client = new TcpClient();
                try
                {
                    await client.ConnectAsync(IPAddress.Loopback, port);
                    break;
                }
                catch (SocketException)
                {
                    await Task.Delay(50);
                }
            }
        }
    }
}
