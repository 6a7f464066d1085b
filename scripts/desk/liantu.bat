@echo off
rem ASCII only: cmd reads this file in the code page of the machine; Python and the files of app\ speak Chinese.
rem Nothing is installed and no right is asked for: everything lies beside this file.
setlocal EnableExtensions DisableDelayedExpansion
set "LIANTU_HERE=%~dp0"
rem Explorer quotes a dropped path only where it has a blank: a&b.xlsx would end the list of arguments.
rem So the whole line goes to Python, its quotation marks as question marks, which no path has.
set "LIANTU_LINE="
set "LIANTU_WINDOW="
if not defined CMDCMDLINE goto started
set "LIANTU_LINE=%CMDCMDLINE:"=?%"
set "LIANTU_ELSE=%LIANTU_LINE:liantu.bat=%"
if not "%LIANTU_ELSE%"=="%LIANTU_LINE%" set "LIANTU_WINDOW=1"
if not defined LIANTU_WINDOW set "LIANTU_LINE="
:started
if defined LIANTU_QUIET set "LIANTU_WINDOW="

set "LIANTU_MAJOR="
for /f "tokens=2 delims=[]" %%v in ('ver') do for /f "tokens=2" %%n in ("%%v") do for /f "tokens=1 delims=." %%m in ("%%n") do set "LIANTU_MAJOR=%%m"
rem Only now: what is typed below is UTF-8.
chcp 65001 >nul 2>nul
if /i "%PROCESSOR_ARCHITECTURE%"=="AMD64" goto bits
if /i "%PROCESSOR_ARCHITEW6432%"=="AMD64" goto bits
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" goto bits
type "%LIANTU_HERE%app\no-32-bit.txt"
goto failed
:bits
if not defined LIANTU_MAJOR goto python
if %LIANTU_MAJOR% GEQ 10 goto python
type "%LIANTU_HERE%app\no-old-windows.txt"
goto failed

:python
set LIANTU_RUN="%LIANTU_HERE%python\python.exe"
if exist %LIANTU_RUN% goto run
set LIANTU_RUN=py -@python@
%LIANTU_RUN% -I -c "" >nul 2>nul
if not errorlevel 1 goto run
set LIANTU_RUN=python
%LIANTU_RUN% -I -c "import sys; sys.exit(sys.version_info[:2] != (@tuple@))" >nul 2>nul
if not errorlevel 1 goto run
type "%LIANTU_HERE%app\no-python.txt"
goto failed

:run
if defined LIANTU_LINE goto dropped
%LIANTU_RUN% -I -X utf8 "%LIANTU_HERE%app\start.py" %*
goto ended
:dropped
%LIANTU_RUN% -I -X utf8 "%LIANTU_HERE%app\start.py"
:ended
set "LIANTU_CODE=%ERRORLEVEL%"
goto end
:failed
set "LIANTU_CODE=2"
:end
if not defined LIANTU_WINDOW exit /b %LIANTU_CODE%
rem Double-clicked or dropped on: the window stays until a key, and what stands behind an & is never run.
echo.
pause
exit %LIANTU_CODE%
