"""A standalone Spark cluster on this machine: a master and workers, each a process of its own, on the loopback."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

HOME = Path(pyspark.__file__).parent
ENVIRONMENT = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
"""What drivers and workers alike must know."""
PATIENCE = 180.0
"""Seconds that a process may take to come up."""


class Cluster:
    """A master and `workers` workers with a core each."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.port = _free_port()
        self.master = f"spark://127.0.0.1:{self.port}"
        self._start("master", "master.Master", "--port", str(self.port), "--webui-port", "0")
        self._wait_for("master", "New state: ALIVE")
        self.workers = [self._worker(number) for number in range(workers)]
        for number in range(workers):
            self._wait_for(f"worker-{number}", "Successfully registered with master")

    def session(self, name: str, **options: str) -> SparkSession:
        """A session on all workers: an executor on each."""
        os.environ.update(ENVIRONMENT)
        builder = SparkSession.builder.appName(name).master(self.master)
        defaults = {
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.executor.cores": "1",
            "spark.executor.memory": "1g",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.warehouse.dir": str(self._folder / "warehouse"),
            "spark.sql.files.maxPartitionBytes": "4m",
        }
        for key, value in (defaults | options).items():
            builder = builder.config(key, value)
        return builder.getOrCreate()

    def kill(self, number: int) -> list[int]:
        """Kills a worker and its executor at once, without warning; their process ids."""
        worker = self.workers[number].pid
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(worker)], capture_output=True, text=True).stdout.split()
        killed = [worker, *map(int, children)]
        for process in killed:
            os.kill(process, signal.SIGKILL)
        return killed

    def stop(self) -> None:
        """Ends every process that was started here."""
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        own = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(self._folder / f"work-{number}")]
        return self._start(f"worker-{number}", "worker.Worker", *own, self.master)

    def _start(self, name: str, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        own = ENVIRONMENT | {"SPARK_HOME": str(HOME), "SPARK_DAEMON_MEMORY": "512m"}
        command = [str(HOME / "bin/spark-class"), f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", *arguments]
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=os.environ | own)
        self._processes.append(process)
        return process

    def _wait_for(self, name: str, words: str) -> None:
        log, end = self._folder / f"{name}.log", time.monotonic() + PATIENCE
        while not re.search(words, log.read_text("utf-8", "replace")):
            if time.monotonic() > end:
                raise TimeoutError(f"{name} did not come up:\n{log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
