using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Adapters.Telemetry;
using FuturesBot.Dashboard.Running;
using FuturesBot.Sidecar;
using Microsoft.Extensions.Logging;

// The sidecar takes no arguments: it reads config/bot.yaml, which is in its image too (the functions have the same), and over it the
// environment (FUTURESBOT__SECTION__KEY).
const int Failed = 1;
const int BadUsage = 2;
const string StateVariable = "FUTURESBOT_STATE";
const string ContainerVariable = "DOTNET_RUNNING_IN_CONTAINER";

var environment = BotConfiguration.ProcessEnvironment();
string[] files = [Path.Combine("config", "bot.yaml"), Path.Combine(AppContext.BaseDirectory, "bot.yaml")];
SidecarSettings settings;
try
{
    // In a container only the folder for temporary files is ours to write to.
    var home = environment.GetValueOrDefault(ContainerVariable) == "true" ? Path.GetTempPath() : Environment.CurrentDirectory;
    var state = Path.Combine(home, environment.GetValueOrDefault(StateVariable, "state"));
    var store = ShownSettings.Store(Array.Find(files, File.Exists), environment, TimeProvider.System);
    var bot = store.Start();
    bot = bot with { Logs = bot.Logs with { Folder = Path.Combine(home, bot.Logs.Folder) } };
    settings = new(bot, DashboardAccess.Of(bot.Dashboard, bot.Dashboard.Port, environment), state) { Shown = ShownSettings.Page(store, environment) };
    if (bot.Storage.Kind == StorageKind.Sqlite)
        throw new FormatException("storage.kind was sqlite; the sidecar and the parts that run elsewhere need azurite or azure");
}
catch (Exception faults) when (faults is ConfigurationException or FormatException)
{
    await Console.Error.WriteLineAsync(faults.Message);
    return BadUsage;
}

using var logFiles = HostLogs.Open(settings.Bot.Logs);
Action<ILoggingBuilder> quiet = logging => logging.AddProvider(logFiles)
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)   // the platform collects what a container says
    .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)   // a taken port is said below, in one sentence
    .AddFilter((category, level) => level >= (category?.StartsWith("Microsoft.", StringComparison.Ordinal) == true ? LogLevel.Warning : LogLevel.Information));
TelemetryExport? sent;
try
{
    // Only what runs in Azure has an identity to send with.
    sent = TelemetryExport.Start(
        settings.Bot.Telemetry, "futuresbot-sidecar", environment,
        settings.Bot.Storage.Kind == StorageKind.Azure ? StorageAccounts.IdentityOf(settings.Bot.Storage.ClientId) : null);
}
catch (InvalidDataException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return BadUsage;
}

using var telemetry = sent;
using var loggers = LoggerFactory.Create(logging =>
{
    quiet(logging);
    telemetry?.AddTo(logging);
});
using var ends = new CancellationTokenSource();
using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, Ask);
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, Ask);
await using var process = new SidecarProcess(settings, loggers, quiet, TimeProvider.System);
try
{
    await process.RunAsync(
        cancel => SidecarStores.OpenAsync(
            StorageAccounts.Open(settings.Bot.Storage), settings.Bot.Storage.Prefix, settings.Bot.Sidecar, loggers, TimeProvider.System, cancel: cancel),
        address => Console.Out.WriteLine($"page {address}"), ends.Token);
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return Failed;
}

void Ask(System.Runtime.InteropServices.PosixSignalContext context)
{
    context.Cancel = true;   // it ends by itself, in order
    ends.Cancel();
}
