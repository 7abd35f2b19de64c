@echo off
rem The one script of this repository, for Windows: dev run, azurite, test, check, soak, bench. "dev help" says what each does.
setlocal EnableDelayedExpansion
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_CLI_UI_LANGUAGE=en

set "verb=%~1"
if "%verb%"=="" set "verb=help"
set "arguments="
:collect
shift
if not "%~1"=="" (
  set arguments=!arguments! %1
  goto collect
)

if "%verb%"=="run" goto run
if "%verb%"=="azurite" goto azurite
if "%verb%"=="test" goto test
if "%verb%"=="check" goto check
if "%verb%"=="soak" goto soak
if "%verb%"=="bench" goto bench
if "%verb%"=="help" goto usage
echo unknown verb: %verb% 1>&2
call :usage 1>&2
exit /b 2

:usage
echo usage: dev ^<verb^> [arguments]
echo   run [arguments]    the whole system on this machine (arguments go to futuresbot run: --port, --seed, --speed, ...)
echo   azurite            as in Azure, on this machine: Azurite ^(its data under state\azurite^), simulated exchange, sidecar, kernel behind the queues
echo                      ^(SPEED: market time per wall time, 60; PAGE_PORT, 8080, and EXCHANGE_PORT, 9443, choose other ports^)
echo   azurite run [arguments]  Azurite, and the whole system in one process over its tables and blobs
echo                      ^(arguments go to futuresbot run; BLOB_PORT, QUEUE_PORT and TABLE_PORT choose other ports than 10000 to 10002^)
echo   test [arguments]   restore, build, every test; arguments go to dotnet test (such as --filter Name~Atr)
echo   check              what the build server asks: format, build, test
echo   soak [arguments]   the adapters against a simulated exchange on a bad day: --minutes N --symbols N --speed N --seed N
echo   bench [arguments]  the benchmarks (arguments go to the benchmark program)
exit /b 0

:needs
set "found="
for /f "delims=" %%v in ('dotnet --version 2^>nul') do set "found=%%v"
if not "!found:~0,1!"=="1" goto no_dotnet
if not "!found:~2,1!"=="." goto no_dotnet
if not exist "%SystemRoot%\System32\winsqlite3.dll" (
  echo missing: SQLite's shared library winsqlite3.dll, part of Windows 10 and later 1>&2
  echo   get it: update Windows 1>&2
  exit /b 1
)
where node >nul 2>nul || (
  echo missing: Node.js 20 ^(without it the program runs with a plain page^) 1>&2
  echo   get it: winget install OpenJS.NodeJS.LTS 1>&2
)
exit /b 0
:no_dotnet
echo missing: .NET SDK 10 (found: !found!) 1>&2
echo   get it: winget install Microsoft.DotNet.SDK.10 1>&2
exit /b 1

:run
call :needs || exit /b 1
dotnet run --project local -c Release -- run%arguments%
exit /b %errorlevel%

:azurite
call :needs || exit /b 1
if "%BLOB_PORT%"=="" set "BLOB_PORT=10000"
if "%QUEUE_PORT%"=="" set "QUEUE_PORT=10001"
if "%TABLE_PORT%"=="" set "TABLE_PORT=10002"
if "%EXCHANGE_PORT%"=="" set "EXCHANGE_PORT=9443"
if "%PAGE_PORT%"=="" set "PAGE_PORT=8080"
if "%SPEED%"=="" set "SPEED=60"
set "whole="
for /f "tokens=1" %%a in ("%arguments%") do set "whole=%%a"
if not "%whole%"=="" if not "%whole%"=="run" (
  echo usage: dev azurite [run arguments]; SPEED, EXCHANGE_PORT, PAGE_PORT, BLOB_PORT, QUEUE_PORT and TABLE_PORT are taken from the environment 1>&2
  exit /b 2
)
call :free %BLOB_PORT% BLOB_PORT || exit /b 2
call :free %QUEUE_PORT% QUEUE_PORT || exit /b 2
call :free %TABLE_PORT% TABLE_PORT || exit /b 2
if "%whole%"=="" (
  call :free %EXCHANGE_PORT% EXCHANGE_PORT || exit /b 2
  call :free %PAGE_PORT% PAGE_PORT || exit /b 2
)
if not exist tests\Azurite\node_modules\azurite (
  pushd tests\Azurite
  call npm ci --no-audit --no-fund --ignore-scripts || exit /b 1
  popd
)
echo building... 1>&2
dotnet build local -c Release --nologo -v q 1>&2 || exit /b 1
if "%whole%"=="" dotnet build sidecar -c Release --nologo -v q 1>&2 || exit /b 1
for /f "delims=" %%p in ('dotnet msbuild local -p:Configuration^=Release -getProperty:TargetPath') do set "program=%%p"
for /f "delims=" %%p in ('dotnet msbuild sidecar -p:Configuration^=Release -getProperty:TargetPath') do set "sidecar=%%p"
if not exist state\azurite mkdir state\azurite
rem Each part has a window of its own, so that Ctrl-C ends the last one alone; the others are closed when that has ended, Azurite last.
start "futuresbot-azurite" /min node tests\Azurite\node_modules\azurite\dist\src\azurite.js --silent --disableTelemetry --location state\azurite --blobPort %BLOB_PORT% --queuePort %QUEUE_PORT% --tablePort %TABLE_PORT%
set "ended=1"
call :awaited %BLOB_PORT% Azurite || goto azurite_end
call :awaited %QUEUE_PORT% Azurite || goto azurite_end
call :awaited %TABLE_PORT% Azurite || goto azurite_end
set "FUTURESBOT__STORAGE__KIND=azurite"
set "FUTURESBOT__STORAGE__BLOB_PORT=%BLOB_PORT%"
set "FUTURESBOT__STORAGE__QUEUE_PORT=%QUEUE_PORT%"
set "FUTURESBOT__STORAGE__TABLE_PORT=%TABLE_PORT%"
if "%whole%"=="run" (
  dotnet "%program%"%arguments% --storage azurite
  set "ended=!errorlevel!"
  goto azurite_end
)
start "futuresbot-exchange" /min dotnet "%program%" exchange --port %EXCHANGE_PORT% --speed %SPEED% --wait-for-readers --state state\azurite\market.json
call :awaited %EXCHANGE_PORT% "The simulated exchange" || goto azurite_end
set "FUTURESBOT__SIDECAR__EXCHANGE=simulated"
set "FUTURESBOT__SIDECAR__SPEED=%SPEED%"
set "FUTURESBOT__DASHBOARD__PORT=%PAGE_PORT%"
set "FUTURESBOT__EXCHANGE__REST=http://127.0.0.1:%EXCHANGE_PORT%"
set "FUTURESBOT__EXCHANGE__STREAMS=ws://127.0.0.1:%EXCHANGE_PORT%"
set "FUTURESBOT__EXCHANGE__ARCHIVE=http://127.0.0.1:%EXCHANGE_PORT%"
rem The functions where `func` is there; without it the same Engine in `futuresbot consume`.
set "FUTURESBOT__LOGS__FOLDER=logs\consume"
set "functions="
where func >nul 2>nul && dotnet build functions -c Release -p:DurableScheduler=false --nologo -v q 1>&2 && set "functions=1"
rem What local.settings.json would say, for the ports at hand. The key is Azurite's own, which everybody knows.
set "connection=DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
set "connection=%connection%;BlobEndpoint=http://127.0.0.1:%BLOB_PORT%/devstoreaccount1;QueueEndpoint=http://127.0.0.1:%QUEUE_PORT%/devstoreaccount1"
set "connection=%connection%;TableEndpoint=http://127.0.0.1:%TABLE_PORT%/devstoreaccount1"
if "%functions%"=="1" (
  set "FUNCTIONS_WORKER_RUNTIME=dotnet-isolated"
  set "TASKHUB_NAME=futuresbot"
  set "AzureWebJobsStorage=%connection%"
  set "Storage=%connection%"
  start "futuresbot-decisions" /min /d functions func start
) else (
  start "futuresbot-decisions" /min dotnet "%program%" consume --storage azurite
)
set "FUTURESBOT_STATE=state\sidecar"
set "FUTURESBOT__LOGS__FOLDER=logs\sidecar"
echo The simulated market goes %SPEED% times as fast as time; logs in logs\sidecar and logs\consume. Ctrl-C ends everything. 1>&2
dotnet "%sidecar%"
set "ended=!errorlevel!"
:azurite_end
for %%w in (decisions exchange azurite) do taskkill /fi "windowtitle eq futuresbot-%%w*" /t >nul 2>nul
exit /b %ended%

rem functions/ stands on packages that not every registry has: tested where they come, left out in one line elsewhere.
:functions
dotnet restore tests\Functions.Tests -p:DurableScheduler=false -nologo -tl:off -v:q >nul 2>nul
if errorlevel 1 (
  echo left out: functions/ and its tests, whose packages do not restore here 1>&2
  exit /b 0
)
dotnet build tests\Functions.Tests -c Release --no-restore -p:DurableScheduler=false -nologo -tl:off -v:q -nr:false || exit /b 1
dotnet test tests\Functions.Tests -c Release --no-build -tl:off --logger trx%arguments%
exit /b %errorlevel%

rem %1 a port that has to be free, %2 the variable that chooses another.
:free
call :listens %1 1 || exit /b 0
echo Port %1 is taken: end what listens there, or choose another with %2 1>&2
exit /b 1

rem %1 a port, %2 whose it is: waits until it listens, a minute at most.
:awaited
call :listens %1 300 && exit /b 0
echo %~2 does not listen at port %1 1>&2
exit /b 1

rem %1 a port, %2 how often it is tried, five times a second.
:listens
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "for ($i = 1; $i -le %2; $i++) {" ^
  "  try { (New-Object Net.Sockets.TcpClient('127.0.0.1', %1)).Close(); exit 0 } catch { if ($i -lt %2) { Start-Sleep -Milliseconds 200 } } };" ^
  "exit 1"
exit /b %errorlevel%

:soak
call :needs || exit /b 1
dotnet run --project bench -c Release -- soak%arguments%
exit /b %errorlevel%

:bench
call :needs || exit /b 1
dotnet run --project bench -c Release --%arguments%
exit /b %errorlevel%

:check
call :needs || exit /b 1
echo format
dotnet format whitespace . --folder --verify-no-changes --exclude bin obj artifacts node_modules
if errorlevel 1 (
  echo Run: dotnet format whitespace . --folder 1>&2
  echo 0 passed, 1 failed, 0 skipped
  exit /b 1
)
echo build and test
set "arguments="
goto test

:test
call :needs || exit /b 1
set "broken=1"
for /d %%t in (tests\*) do if exist "%%t\TestResults" rd /s /q "%%t\TestResults"
dotnet msbuild Serverless.sln -restore -p:Configuration=Release -v:q -nologo -tl:off -m -nr:false
if errorlevel 1 (
  echo The build failed: no test ran. 1>&2
) else (
  dotnet test Serverless.sln -c Release --no-build -tl:off --logger trx%arguments%
  if not errorlevel 1 set "broken=0"
  call :functions || set "broken=1"
)
rem From the result files: every skipped test with its reason, then the closing line alone on its line.
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$passed = 0; $failed = 0; $skipped = 0;" ^
  "foreach ($file in Get-ChildItem 'tests\*\TestResults\*.trx') {" ^
  "  $run = ([xml](Get-Content -LiteralPath $file.FullName -Raw -Encoding UTF8)).TestRun; $c = $run.ResultSummary.Counters;" ^
  "  $passed += [int]$c.passed; $failed += [int]$c.executed - [int]$c.passed; $skipped += [int]$c.total - [int]$c.executed;" ^
  "  foreach ($test in $run.Results.UnitTestResult) {" ^
  "    if ($test.outcome -eq 'NotExecuted') { 'skipped: ' + $test.testName + ': ' + $test.Output.ErrorInfo.Message } } }" ^
  "if ($env:broken -ne '0' -and $failed -eq 0) { $failed = 1 }" ^
  "('{0} passed, {1} failed, {2} skipped' -f $passed, $failed, $skipped);" ^
  "if ($failed -gt 0 -or $passed -eq 0) { exit 1 }"
exit /b %errorlevel%
