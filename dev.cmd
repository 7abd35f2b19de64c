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
echo   azurite [arguments]  Azurite ^(its data under state\azurite^), and the whole system over its tables, blobs and queues
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
if not exist tests\Azurite\node_modules\azurite (
  pushd tests\Azurite
  call npm ci --no-audit --no-fund --ignore-scripts || exit /b 1
  popd
)
if not exist state\azurite mkdir state\azurite
rem A window of its own, so that Ctrl-C ends the program alone; it is closed when the program has ended.
start "futuresbot-azurite" /min node tests\Azurite\node_modules\azurite\dist\src\azurite.js --silent --disableTelemetry --location state\azurite --blobPort %BLOB_PORT% --queuePort %QUEUE_PORT% --tablePort %TABLE_PORT%
timeout /t 5 /nobreak >nul
set "FUTURESBOT__STORAGE__BLOB_PORT=%BLOB_PORT%"
set "FUTURESBOT__STORAGE__QUEUE_PORT=%QUEUE_PORT%"
set "FUTURESBOT__STORAGE__TABLE_PORT=%TABLE_PORT%"
dotnet run --project local -c Release -- run --storage azurite%arguments%
set "ended=!errorlevel!"
taskkill /fi "windowtitle eq futuresbot-azurite" /t >nul 2>nul
exit /b !ended!

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
